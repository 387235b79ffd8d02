import { Injectable } from '@nestjs/common';
import { LiveMetrics } from './live-metrics.js';
import type { Session } from './session.js';

/** All connected sessions, of sockets and streams. */
@Injectable()
export class LiveSessions implements Iterable<Session> {
  private readonly sessions = new Set<Session>();

  constructor(private readonly metrics: LiveMetrics) {}

  /** In the order of connecting; sessions added during iteration are visited too. */
  [Symbol.iterator](): Iterator<Session> {
    return this.sessions.values();
  }

  enter(session: Session): void {
    this.sessions.add(session);
    this.metrics.entered(session.outlet.framing);
  }

  /** The client disconnected. */
  leave(session: Session): void {
    session.leave();
    if (this.sessions.delete(session)) this.metrics.left(session.outlet.framing);
  }

  /** Closes a session; its client reconnects and resumes without loss. */
  drop(session: Session, why: 'too_slow' | 'failed'): void {
    if (session.hasEnded) return;
    this.metrics.dropped(why);
    void session.end({ why });
  }
}
