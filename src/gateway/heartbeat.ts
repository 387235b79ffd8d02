import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { LiveDelivery } from './live-delivery.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveSessions } from './live-sessions.js';
import type { Session } from './session.js';

/** Ping interval in seconds; each second pings its share of the sessions. */
const ROUND_SECONDS = 25;
/** Pong timeout in seconds. */
const ANSWER_WITHIN_SECONDS = 8;

/** Detects dead connections within 33 seconds. */
@Injectable()
export class Heartbeat {
  private second = 0;

  constructor(
    private readonly sessions: LiveSessions,
    private readonly delivery: LiveDelivery,
    private readonly metrics: LiveMetrics,
  ) {}

  @Interval('heartbeat', 1_000)
  tick(): void {
    this.second = (this.second + 1) % ROUND_SECONDS;
    const due = (this.second - ANSWER_WITHIN_SECONDS + ROUND_SECONDS) % ROUND_SECONDS;
    for (const session of this.sessions) {
      // Spread evenly, even if many connected at once.
      const own = session.serial % ROUND_SECONDS;
      if (own === this.second) this.ask(session);
      else if (own === due && session.outlet.dropUnlessAlive()) this.metrics.dropped('no_answer');
    }
  }

  /** Drops clients over the send-buffer limit, also while there are no events. */
  private ask(session: Session): void {
    if (session.isTooSlow) this.sessions.drop(session, 'too_slow');
    else session.outlet.ping(this.delivery.positionOf(session));
  }
}
