import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { addDays, moscowDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { DatabaseSight } from '../../database/database-sight.js';
import { DataVersion } from '../answers/index.js';
import type { WholeAnswer } from './whole-answer.js';

const MEGABYTE = 1024 * 1024;

/**
 * Answers that are still true: all of them go when the data that answers are made of changes, and when the day
 * ends in Moscow. While the database is out of sight none is given.
 */
@Injectable()
export class KeptAnswers {
  private readonly answers: LRUCache<string, WholeAnswer> | undefined;
  private generation = 0;
  /** The day that the answers are of, in milliseconds since 1970. */
  private day = { from: 0, to: 0 };

  constructor(
    settings: Settings,
    data: DataVersion,
    private readonly sight: DatabaseSight,
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

  /** Whether answers are kept at all. */
  get isOn(): boolean {
    return this.answers !== undefined;
  }

  /** The answer under `key`, if it is still true. */
  get(key: string): WholeAnswer | undefined {
    // What is made of memory alone says so.
    if (this.answers === undefined || this.sight.lastSeenAt !== undefined) return undefined;
    this.turnDay();
    return this.answers.get(key);
  }

  /**
   * To be asked for before the answer is worked out; what it returns keeps the answer, unless something
   * has been committed in between. Undefined where none is kept (RESPONSE_CACHE).
   */
  keeper(key: string): ((answer: WholeAnswer) => void) | undefined {
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
