import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DateRange } from '../../common/date-range.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Checkpoint, noteCoverage, noteSetting } from '../storage/index.js';
import { type SettingPeriod, SHEET_CALENDAR, SheetDayEntity } from '../model/index.js';

/** Stores facts derived from series: rhythms of currencies, and days with a sheet. */
@Injectable()
export class SeriesFactsRecorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Records the periods of currencies, by the bank's ID. Idempotent. */
  recordSetting(
    periods: ReadonlyMap<string, readonly SettingPeriod[]>,
    checkpoint: Checkpoint,
  ): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const now = this.clock.now();
      for (const [cbr_id, ofCurrency] of periods) await noteSetting(unit, cbr_id, ofCurrency, now);
    });
  }

  /** Records that a range of a currency is complete. Idempotent. */
  recordCoverage(cbr_id: string, range: DateRange, checkpoint: Checkpoint): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await noteCoverage(unit, cbr_id, range, this.clock.now());
    });
  }

  /** Records all days of a range with a sheet. Idempotent. */
  recordSheetDays(
    days: readonly CalendarDate[],
    range: DateRange,
    checkpoint: Checkpoint,
  ): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const recorded_at = this.clock.now();
      const rows = await unit
        .select(SheetDayEntity, 'day')
        .where('day.date BETWEEN :from AND :to', range)
        .getMany();
      const known = new Set(rows.map(({ date }) => date));
      const added = days.filter((date) => !known.has(date));
      await unit.insert(
        SheetDayEntity,
        added.map((date) => ({ date, recorded_at })),
      );
      await noteCoverage(unit, SHEET_CALENDAR, range, recorded_at);
    });
  }
}
