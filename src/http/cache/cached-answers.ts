import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { addDays, moscowDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { DatabaseReachability } from '../../database/database-reachability.js';
import { DataVersion } from '../answers/index.js';
import type { WholeAnswer } from './whole-answer.js';

const MEGABYTE = 1024 * 1024;

/**
 * Cached answers. All are evicted when the data changes, and at midnight in Moscow. While the database is unreachable
 * there are no hits.
 */
@Injectable()
export class CachedAnswers {
  private readonly answers: LRUCache<string, WholeAnswer> | undefined;
  private generation = 0;
  /** The cached day, in milliseconds since 1970. */
  private day = { from: 0, to: 0 };

  constructor(
    settings: Settings,
    data: DataVersion,
    private readonly reachability: DatabaseReachability,
    private readonly clock: Clock,
  ) {
    const { RESPONSE_CACHE, RESPONSE_CACHE_MEGABYTES: megabytes } = settings;
    if (RESPONSE_CACHE === 'off') return;
    this.answers = new LRUCache({
      maxSize: megabytes * MEGABYTE,
      sizeCalculation: ({ size }) => size,
    });
    data.onChange(() => this.drop());
  }

  /** Whether the cache is on. */
  get isOn(): boolean {
    return this.answers !== undefined;
  }

  /** The valid entry of `key`. */
  get(key: string): WholeAnswer | undefined {
    // An answer from memory alone must say so.
    if (this.answers === undefined || this.reachability.lastSeenAt !== undefined) return undefined;
    this.turnDay();
    return this.answers.get(key);
  }

  /**
   * Call before the answer is computed. The returned function stores the answer, unless something was committed in
   * between. undefined if the cache is off (RESPONSE_CACHE).
   */
  storer(key: string): ((answer: WholeAnswer) => void) | undefined {
    if (this.answers === undefined) return undefined;
    this.turnDay();
    const { generation } = this;
    return (answer) => {
      this.turnDay();
      if (generation === this.generation) this.answers?.set(key, answer);
    };
  }

  private turnDay(): void {
    const now = this.clock.now();
    if (now.getTime() >= this.day.from && now.getTime() < this.day.to) return;
    const today = moscowDate(now);
    this.day = {
      from: startOfMoscowDay(today).getTime(),
      to: startOfMoscowDay(addDays(today, 1)).getTime(),
    };
    this.drop();
  }

  private drop(): void {
    this.generation += 1;
    this.answers?.clear();
  }
}
