import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import { IN_EVERY_SHEET } from './coverage.entity.js';
import { CurrencyEntity } from './currency.entity.js';
import { HeldDays } from './held-days.js';
import type { MissingCodes } from './missing-sheets.js';
import { HELD_STATES, QuarantineItemEntity } from './quarantine-item.entity.js';
import { withdrawnDates } from './withdrawn-sheet.entity.js';

/** The last day that anything could be stored for; as an instant, later than all that is stored. */
export const END_OF_TIME = '9999-12-31' as CalendarDate;

/** A fixing that a person edited or deleted was in its sheet all the same. */
const DOLLAR = `cbr_id = '${IN_EVERY_SHEET}' AND source = 'cbr'`;

/**
 * 48 sheets before 1999 hold a few currencies only, such as those set monthly, and end nobody's rate. The
 * dollar is in none of them, so that until then its fixings alone tell of sheets.
 */
const WHOLE_SHEETS = `kind = 'daily' AND date >= '1999-01-01'`;

/** A withdrawn sheet is none. */
const WITHDRAWN_BY = withdrawnDates('$2');

const NEWEST = `SELECT MAX(known.date) AS date FROM (
    SELECT MAX(date) AS date FROM documents
    WHERE ${WHOLE_SHEETS} AND date <= $1 AND fetched_at <= $2
      AND date NOT IN ${WITHDRAWN_BY}
    UNION ALL SELECT MAX(date) FROM sheet_days WHERE date <= $1 AND recorded_at <= $2
      AND date NOT IN ${WITHDRAWN_BY}
    UNION ALL SELECT MAX(effective_date) FROM rates
    WHERE ${DOLLAR} AND effective_date <= $1 AND recorded_at <= $2
      AND effective_date NOT IN ${WITHDRAWN_BY}
    UNION ALL SELECT MAX(effective_date) FROM rate_revisions
    WHERE ${DOLLAR} AND effective_date <= $1 AND recorded_at <= $2
      AND effective_date NOT IN ${WITHDRAWN_BY}
  ) known`;

const WITHIN = `SELECT date FROM (SELECT date FROM documents
    WHERE ${WHOLE_SHEETS} AND date BETWEEN $1 AND $2 AND fetched_at <= $3
  UNION SELECT date FROM sheet_days WHERE date BETWEEN $1 AND $2 AND recorded_at <= $3
  UNION SELECT effective_date FROM rates
    WHERE ${DOLLAR} AND effective_date BETWEEN $1 AND $2 AND recorded_at <= $3
  UNION SELECT effective_date FROM rate_revisions
    WHERE ${DOLLAR} AND effective_date BETWEEN $1 AND $2 AND recorded_at <= $3
  ) known WHERE known.date NOT IN ${withdrawnDates('$3')} ORDER BY 1`;

const FETCHED = `SELECT DISTINCT date FROM documents
  WHERE kind = 'daily' AND date BETWEEN $1 AND $2 ORDER BY date`;

const MISSING = 'SELECT date, code FROM missing_sheets ORDER BY date';

/**
 * The days on which the bank published a sheet, as far as is known: sheets that were fetched, the fixings
 * of the dollar, and the days of its series. Days on which only monthly currencies were set are none. And
 * the days whose figure of some currency is held.
 */
@Injectable()
export class SheetCalendar {
  constructor(private readonly reader: Reader) {}

  /** The newest sheet up to `day`; with `asOf` among those known at that instant. */
  async newest(day: CalendarDate, asOf: Date | undefined): Promise<CalendarDate | null> {
    const [newest] = await this.reader.rows<{ date: CalendarDate | null }>(NEWEST, [
      day,
      knownAt(asOf),
    ]);
    return newest?.date ?? null;
  }

  /** The days of a range whose own sheet was fetched, in order; also of a sheet with a few currencies. */
  async fetched({ from, to }: DateRange): Promise<CalendarDate[]> {
    const days = await this.reader.rows<{ date: CalendarDate }>(FETCHED, [from, to]);
    return days.map(({ date }) => date);
  }

  /** The days of sheets in a range, in order. */
  async within({ from, to }: DateRange, asOf: Date | undefined): Promise<CalendarDate[]> {
    const days = await this.reader.rows<{ date: CalendarDate }>(WITHIN, [from, to, knownAt(asOf)]);
    return days.map(({ date }) => date);
  }

  /** The days whose sheet could not be had, in order. */
  async missing(): Promise<MissingCodes> {
    const rows = await this.reader.rows<{ date: CalendarDate; code: string }>(MISSING, []);
    return new Map(rows.map(({ date, code }) => [date, code]));
  }

  /**
   * What is held, for every ID of its letter code: a new one may be held. Of a sheet that is held as a whole
   * also what it lacks, but not what is new to it, of which nothing is carried. With `asOf` what was held at
   * that instant, whatever became of it since.
   */
  async held(asOf: Date | undefined): Promise<HeldDays> {
    const query = this.reader
      .select(QuarantineItemEntity, 'held')
      .innerJoin(
        CurrencyEntity,
        'currency',
        'currency.cbr_id = held.cbr_id OR currency.code = held.code',
      )
      .select('currency.cbr_id', 'cbr_id')
      .addSelect('held.code', 'code')
      .addSelect('held.effective_date', 'effective_date')
      .where('held.previous_date IS NOT NULL')
      .orderBy('held.effective_date', 'ASC');
    const isHeld = 'held.state IN (:...states)';
    query.setParameters({ states: HELD_STATES });
    if (asOf) {
      query
        .andWhere(`(${isHeld} OR held.decided_at > :asOf)`)
        .andWhere('held.held_at <= :asOf', { asOf: asOf.toISOString() });
    } else {
      query.andWhere(isHeld);
    }
    return new HeldDays(await query.getRawMany());
  }
}

function knownAt(asOf: Date | undefined): string {
  return asOf?.toISOString() ?? END_OF_TIME;
}
