import { Injectable } from '@nestjs/common';
import { addDays, moscowDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';

/** Determines until when an answer about today may be cached: the next poll of the bank, or midnight in Moscow. */
@Injectable()
export class Freshness {
  private nextPollAt: Date | undefined;

  constructor(private readonly clock: Clock) {}

  /** Called by the poller. */
  expectNewsAt(instant: Date): void {
    this.nextPollAt = instant;
  }

  /** `Cache-Control` of an answer about today. */
  cacheControl(): string {
    return `public, max-age=${this.secondsToNews()}`;
  }

  /** Integer; 0 if no poll is scheduled. */
  private secondsToNews(): number {
    const now = this.clock.now();
    const midnight = startOfMoscowDay(addDays(moscowDate(now), 1));
    const until = Math.min(this.nextPollAt?.getTime() ?? 0, midnight.getTime());
    return Math.max(0, Math.floor((until - now.getTime()) / 1_000));
  }
}
