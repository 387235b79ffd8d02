import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import type { ReadRepository } from '../database/read-repository.js';
import { Reader } from '../database/reader.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newestSheetDate } from '../rates/storage/index.js';
import { hasLastDays } from './backfill-plan.js';
import { BACKFILL_ROW, BackfillEntity } from './backfill.entity.js';

/** Last days that the background task has yet to load, for a database that was empty. */
@Injectable()
export class PendingHistory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
    @InjectRepository(BackfillEntity) private readonly backfills: ReadRepository<BackfillEntity>,
  ) {}

  /** How many days before the newest sheet; null: none. */
  async days(): Promise<number | null> {
    return (await this.backfills.findOneByOrFail(ROW)).pending_days;
  }

  /**
   * Plans the days before the first fetch of a service or command; replaces the number if days are planned
   * already. 0 plans nothing.
   */
  async plan(days: number): Promise<void> {
    if (days === 0) return;
    const planned = await this.days();
    if (planned === days) return;
    if (planned !== null || (await newestSheetDate(this.reader)) === null) await this.set(days);
  }

  /** Called after a range was loaded for every currency. */
  async settle(loaded: DateRange, newest: CalendarDate): Promise<void> {
    const days = await this.days();
    if (days !== null && hasLastDays(loaded, days, newest)) await this.set(null);
  }

  private async set(pending_days: number | null): Promise<void> {
    await this.unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(BackfillEntity, ROW, { pending_days }),
    );
  }
}

const ROW = { id: BACKFILL_ROW };
