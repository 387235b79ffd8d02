import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import type { DecimalText, Quotation } from '../common/decimal.js';
import { Reader } from '../database/reader.js';
import type { Fixed } from './stored-version.js';

/** A fixing of the bank that stands as it was published. */
export interface FixingRow extends Quotation {
  id: number;
  cbr_id: string;
  name: string;
  effective_date: CalendarDate;
}

/** The cells of one of them; every cell that is read costs: a listing of rates is little else. */
type Cells = readonly [
  id: number,
  cbr_id: string,
  name: string,
  nominal: number,
  value: DecimalText,
  effective_date: CalendarDate,
];
type QuotationCells = readonly [cbr_id: string, nominal: number, value: DecimalText];

const FIXINGS = `SELECT id, cbr_id, name, nominal, value, effective_date FROM rates
  WHERE source = 'cbr'`;

/** In the order of the index. */
const OF_SHEET = `${FIXINGS} AND effective_date = $1 AND cbr_id IS NOT NULL ORDER BY code, cbr_id`;

const QUOTATIONS_OF_SHEET = `SELECT cbr_id, nominal, value FROM rates
  WHERE source = 'cbr' AND effective_date = $1 AND cbr_id IS NOT NULL`;

/** Two ranges of the index, mostly empty. */
const SET_BESIDES = `SELECT cbr_id FROM rates
  WHERE cbr_id IS NOT NULL AND effective_date > $1 AND effective_date < $2
  UNION SELECT cbr_id FROM rates
  WHERE cbr_id IS NOT NULL AND effective_date > $2 AND effective_date <= $3`;

/** Two seeks for each currency; told by EXISTS, PostgreSQL would look at every rate of some. */
const SET_BEFORE = `SELECT cbr_id FROM currencies currency
  WHERE (SELECT MIN(effective_date) FROM rates WHERE cbr_id = currency.cbr_id) < $1
  OR (SELECT MIN(effective_date) FROM rate_revisions WHERE cbr_id = currency.cbr_id) < $1`;

/** In the order of the index, which begins with the day. */
const OF_SHEETS = `${FIXINGS} AND effective_date BETWEEN $1 AND $2 AND cbr_id IS NOT NULL
  ORDER BY effective_date, code, cbr_id`;

const OF_CURRENCY = `${FIXINGS} AND effective_date BETWEEN $1 AND $2 AND cbr_id = $3
  ORDER BY effective_date`;

const NEWEST_TWO = `${FIXINGS} AND cbr_id = $1 AND effective_date <= $2
  ORDER BY effective_date DESC LIMIT 2`;

const REVISED_ONE = `SELECT id FROM rate_revisions
  WHERE cbr_id = $1 AND source = 'cbr' AND effective_date BETWEEN $2 AND $3 LIMIT 1`;

/** A seek for each currency: CROSS JOIN keeps SQLite from looking at every revision instead. */
const REVISED = `SELECT DISTINCT revision.cbr_id AS cbr_id
  FROM currencies currency CROSS JOIN rate_revisions revision
  WHERE revision.cbr_id = currency.cbr_id AND revision.source = 'cbr'
    AND revision.effective_date BETWEEN $1 AND $2`;

/** Reads fixings as they stand, by statements that are prepared once; it knows nothing of revisions but whose there are. */
@Injectable()
export class FixingsQueries {
  constructor(private readonly reader: Reader) {}

  /** Those of one day, by code. */
  ofSheet(date: CalendarDate): Promise<FixingRow[]> {
    return this.fixings(OF_SHEET, [date]);
  }

  /** What those of one day say, by the bank's ID. */
  async quotationsOf(effective_date: CalendarDate): Promise<ReadonlyMap<string, Fixed>> {
    const quotations = await this.reader.cells<QuotationCells>(QUOTATIONS_OF_SHEET, [
      effective_date,
    ]);
    const byId = new Map<string, Fixed>();
    for (const [cbr_id, nominal, value] of quotations) {
      byId.set(cbr_id, { nominal, value, effective_date });
    }
    return byId;
  }

  /** The currencies with a fixing in a range that begins with a sheet and has another in it, on any day but those two. */
  async setBesides(sheet: CalendarDate, { from, to }: DateRange): Promise<string[]> {
    const rows = await this.reader.rows<{ cbr_id: string }>(SET_BESIDES, [from, sheet, to]);
    return rows.map(({ cbr_id }) => cbr_id);
  }

  /** The currencies of which anything is, or was, stored for an earlier day. */
  async setBefore(date: CalendarDate): Promise<ReadonlySet<string>> {
    const rows = await this.reader.rows<{ cbr_id: string }>(SET_BEFORE, [date]);
    return new Set(rows.map(({ cbr_id }) => cbr_id));
  }

  /** Those of a range of days, by day and code. */
  ofSheets({ from, to }: DateRange): Promise<FixingRow[]> {
    return this.fixings(OF_SHEETS, [from, to]);
  }

  /** Those of one currency in a range of days, oldest first. */
  ofCurrency(cbr_id: string, { from, to }: DateRange): Promise<FixingRow[]> {
    return this.fixings(OF_CURRENCY, [from, to, cbr_id]);
  }

  /** Whether a version of these days of a currency was replaced, edited or deleted. */
  async isRevised(cbr_id: string, { from, to }: DateRange): Promise<boolean> {
    return (await this.reader.rows(REVISED_ONE, [cbr_id, from, to])).length > 0;
  }

  /** The newest one of a currency up to `day`, and the one before it. */
  newestTwo(cbr_id: string, day: CalendarDate): Promise<FixingRow[]> {
    return this.fixings(NEWEST_TWO, [cbr_id, day]);
  }

  /** The currencies of which that is so. */
  async revised({ from, to }: DateRange): Promise<Set<string>> {
    const rows = await this.reader.rows<{ cbr_id: string }>(REVISED, [from, to]);
    return new Set(rows.map(({ cbr_id }) => cbr_id));
  }

  private async fixings(sql: string, parameters: (string | number)[]): Promise<FixingRow[]> {
    const all = await this.reader.cells<Cells>(sql, parameters);
    return all.map(([id, cbr_id, name, nominal, value, effective_date]) => ({
      id,
      cbr_id,
      name,
      nominal,
      value,
      effective_date,
    }));
  }
}
