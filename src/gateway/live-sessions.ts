import { Injectable } from '@nestjs/common';
import { LiveMetrics } from './live-metrics.js';
import type { Session } from './session.js';

/** Everyone who is connected, by whichever way. */
@Injectable()
export class LiveSessions implements Iterable<Session> {
  private readonly sessions = new Set<Session>();

  constructor(private readonly metrics: LiveMetrics) {}

  /** In the order in which they came; who comes during a walk is walked over as well. */
  [Symbol.iterator](): Iterator<Session> {
    return this.sessions.values();
  }

  enter(session: Session): void {
    this.sessions.add(session);
    this.metrics.entered(session.outlet.framing);
  }

  /** The client is gone. */
  leave(session: Session): void {
    session.leave();
    if (this.sessions.delete(session)) this.metrics.left(session.outlet.framing);
  }

  /** Ends a session from this side: its client connects anew, and has lost nothing. */
  drop(session: Session, why: 'too_slow' | 'failed'): void {
    if (session.hasEnded) return;
    this.metrics.dropped(why);
    void session.end({ why });
  }
}
