import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import { DocumentEntity } from './document.entity.js';
import { HeldDays } from './held-days.js';
import { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import { RateEntity } from './rate.entity.js';

/** The US dollar: it stands in every sheet since the first, so its fixings tell on which days there was one. */
const IN_EVERY_SHEET = 'R01235';

/**
 * The days on which the bank published a sheet, as far as is known: sheets that were fetched, and the
 * fixings of the dollar. Days on which only monthly currencies were set are none. And the days whose
 * figure of some currency is held.
 */
@Injectable()
export class SheetCalendar {
  constructor(private readonly reader: Reader) {}

  /** The newest sheet up to `day`; with `asOf` among those known at that instant. */
  async newest(day: CalendarDate, asOf: Date | undefined): Promise<CalendarDate | null> {
    const [fetched, dollar] = await Promise.all([
      this.fetched(asOf)
        .select('MAX(document.date)', 'date')
        .andWhere('document.date <= :day', { day })
        .getRawOne<{ date: CalendarDate | null }>(),
      this.dollar(asOf)
        .select('MAX(rate.effective_date)', 'date')
        .andWhere('rate.effective_date <= :day', { day })
        .getRawOne<{ date: CalendarDate | null }>(),
    ]);
    const dates = [fetched?.date, dollar?.date].filter((date) => date != null).sort();
    return dates.at(-1) ?? null;
  }

  /** The days of sheets in a range, in order. */
  async within({ from, to }: DateRange, asOf: Date | undefined): Promise<CalendarDate[]> {
    const [fetched, dollar] = await Promise.all([
      this.fetched(asOf)
        .select('DISTINCT document.date', 'date')
        .andWhere('document.date BETWEEN :from AND :to', { from, to })
        .getRawMany<{ date: CalendarDate }>(),
      this.dollar(asOf)
        .select('rate.effective_date', 'date')
        .andWhere('rate.effective_date BETWEEN :from AND :to', { from, to })
        .getRawMany<{ date: CalendarDate }>(),
    ]);
    return [...new Set([...fetched, ...dollar].map(({ date }) => date))].sort();
  }

  /** What is pending or rejected; with `asOf` what was held at that instant, whatever became of it since. */
  async held(asOf: Date | undefined): Promise<HeldDays> {
    const query = this.reader
      .select(QuarantinedFixingEntity, 'held')
      .select('held.cbr_id', 'cbr_id')
      .addSelect('held.code', 'code')
      .addSelect('held.effective_date', 'effective_date')
      .orderBy('held.effective_date', 'ASC');
    const isHeld = "held.state IN ('pending', 'rejected')";
    if (asOf) {
      query
        .where(`(${isHeld} OR held.decided_at > :asOf)`)
        .andWhere('held.held_at <= :asOf', { asOf: asOf.toISOString() });
    } else {
      query.where(isHeld);
    }
    return new HeldDays(await query.getRawMany());
  }

  private fetched(asOf: Date | undefined) {
    const query = this.reader.select(DocumentEntity, 'document').where("document.kind = 'daily'");
    if (asOf) query.andWhere('document.fetched_at <= :asOf', { asOf: asOf.toISOString() });
    return query;
  }

  private dollar(asOf: Date | undefined) {
    const query = this.reader
      .select(RateEntity, 'rate')
      .where('rate.cbr_id = :dollar', { dollar: IN_EVERY_SHEET });
    if (asOf) query.andWhere('rate.recorded_at <= :asOf', { asOf: asOf.toISOString() });
    return query;
  }
}
