import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DateRange } from '../../common/date-range.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type Checkpoint, noteCoverage, noteSetting } from '../storage/index.js';
import { type SettingPeriod, SHEET_CALENDAR, SheetDayEntity } from '../model/index.js';

/** Stores what series tell beside their figures: how often currencies were set, and the days of the sheets. */
@Injectable()
export class SeriesFactsRecorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Notes the periods of each currency, by the bank's ID. Repeating it changes nothing. */
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

  /** Notes that nothing of a range of a currency is missing. Repeating it changes nothing. */
  recordCoverage(cbr_id: string, range: DateRange, checkpoint: Checkpoint): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await noteCoverage(unit, cbr_id, range, this.clock.now());
    });
  }

  /** Notes the days of a range on which sheets were published: all of them. Repeating it changes nothing. */
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
