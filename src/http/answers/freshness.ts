import { Injectable } from '@nestjs/common';
import { addDays, moscowDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';

/** Knows until when an answer about today may be kept: the next poll of the bank, or midnight in Moscow. */
@Injectable()
export class Freshness {
  private nextPollAt: Date | undefined;

  constructor(private readonly clock: Clock) {}

  /** Said by whoever polls the bank. */
  expectNewsAt(instant: Date): void {
    this.nextPollAt = instant;
  }

  /** The header `Cache-Control` of an answer about today. */
  cacheControl(): string {
    return `public, max-age=${this.secondsToNews()}`;
  }

  /** Whole seconds; 0 while no poll is planned. */
  private secondsToNews(): number {
    const now = this.clock.now();
    const midnight = startOfMoscowDay(addDays(moscowDate(now), 1));
    const until = Math.min(this.nextPollAt?.getTime() ?? 0, midnight.getTime());
    return Math.max(0, Math.floor((until - now.getTime()) / 1_000));
  }
}
