import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { addDays, moscowDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { Reader } from '../../database/reader.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { WholeAnswer } from './whole-answer.js';

const MEGABYTE = 1024 * 1024;
/** The database is looked at twice a second (EventTail); without a look for so long nothing is known of it. */
const TRUSTED_MS = 2_000;

/**
 * Answers that are still true: all of them go when anything is committed, here at once, elsewhere with the
 * next look at the database, when the database cannot be asked, and when the day ends in Moscow.
 */
@Injectable()
export class KeptAnswers {
  private readonly answers: LRUCache<string, WholeAnswer> | undefined;
  private generation = 0;
  private version = '';
  private lookedAt = Number.NEGATIVE_INFINITY;
  /** The day that the answers are of, in milliseconds since 1970. */
  private day = { from: 0, to: 0 };

  constructor(
    settings: Settings,
    reader: Reader,
    unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    const { RESPONSE_CACHE, RESPONSE_CACHE_MEGABYTES: megabytes } = settings;
    if (RESPONSE_CACHE === 'off') return;
    this.answers = new LRUCache({
      maxSize: megabytes * MEGABYTE,
      sizeCalculation: ({ size }) => size,
    });
    unitOfWork.onCommit(() => this.drop());
    reader.onLook((store) => {
      const version = store && `${store.log_id} ${store.data_version}`;
      if (version === undefined || version !== this.version) this.drop();
      this.version = version ?? '';
      this.lookedAt = version === undefined ? Number.NEGATIVE_INFINITY : performance.now();
    });
  }

  /** The answer under `key`, if it is still true. */
  get(key: string): WholeAnswer | undefined {
    if (this.answers === undefined || performance.now() - this.lookedAt > TRUSTED_MS)
      return undefined;
    this.turnDay();
    return this.answers.get(key);
  }

  /**
   * To be asked for before the answer is worked out; what it returns keeps the answer, unless something
   * has been committed in between.
   */
  keeper(key: string): (answer: WholeAnswer) => void {
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
