import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { LiveDelivery } from './live-delivery.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveSessions } from './live-sessions.js';
import type { Session } from './session.js';

/** Every session is asked this often, in seconds; each second has its share of them. */
const ROUND_SECONDS = 25;
/** So many seconds later it must have answered. */
const ANSWER_WITHIN_SECONDS = 8;

/** Finds out which clients are gone without a word: after 33 seconds at the latest. */
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
      // Spread evenly, however many came at once.
      const own = session.serial % ROUND_SECONDS;
      if (own === this.second) this.ask(session);
      else if (own === due && session.outlet.dropUnlessAlive()) this.metrics.dropped('no_answer');
    }
  }

  /** Drops clients over the send-buffer limit, also while there are no events. */
  private ask(session: Session): void {
    if (session.isTooSlow) this.sessions.drop(session, 'too_slow');
    else session.outlet.ask(this.delivery.positionOf(session));
  }
}
