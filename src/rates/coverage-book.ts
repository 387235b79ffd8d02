import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { type DateRange, firstGap, joined } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import type { Unit } from '../database/unit.js';
import { CoverageEntity, EVERY_CURRENCY } from './coverage.entity.js';
import type { PublishedSheet } from './daily-sheet.js';
import { longestInForce } from './in-force.js';

/**
 * Notes the days of a sheet. One that is older than any that can be in force is an old answer: it says
 * nothing of the days after its own, which nobody has asked about.
 */
export async function noteSheet(
  unit: Unit,
  { effective_date: from, in_force_to }: Pick<PublishedSheet, 'effective_date' | 'in_force_to'>,
  recorded_at: Date,
): Promise<void> {
  const to = in_force_to > longestInForce(from) ? from : in_force_to;
  await noteCoverage(unit, EVERY_CURRENCY, { from, to }, recorded_at);
}

/** Notes that the bank has been asked about these days; nothing is written when that is known. */
export async function noteCoverage(
  unit: Unit,
  cbr_id: string,
  { from, to }: DateRange,
  recorded_at: Date,
): Promise<void> {
  if (await isCovered(unit, cbr_id, { from, to })) return;
  const line = { cbr_id, from_date: from, to_date: to, recorded_at } as CoverageEntity;
  await unit.insert(CoverageEntity, [line]);
}

async function isCovered(unit: Unit, cbr_id: string, days: DateRange): Promise<boolean> {
  const noted = await unit
    .select(CoverageEntity, 'coverage')
    .where('coverage.cbr_id = :cbr_id AND coverage.to_date >= :from', { cbr_id, from: days.from })
    .getMany();
  return firstGap(rangesOf(noted), days) === undefined;
}

type Line = Pick<CoverageEntity, 'cbr_id' | 'from_date' | 'to_date'>;

/** What has been loaded: per currency the days that the bank was asked about, ranges that meet joined. */
export class Coverage {
  private readonly ranges = new Map<string, DateRange[]>();
  /** The last one asked for: mostly it is today's. */
  private cut: { day: CalendarDate; coverage: Coverage } | undefined;
  private joinedSheets: DateRange[] | undefined;
  private readonly ofSheets: readonly Line[];
  private readonly ofCurrencies: readonly Line[];

  constructor(private readonly lines: readonly Line[]) {
    this.ofSheets = lines.filter(({ cbr_id }) => cbr_id === EVERY_CURRENCY);
    this.ofCurrencies = lines.filter(({ cbr_id }) => cbr_id !== EVERY_CURRENCY);
  }

  /** The same without questions about days after `day`. */
  upTo(day: CalendarDate): Coverage {
    if (this.cut?.day !== day) {
      const lines = this.lines.filter(({ from_date }) => from_date <= day);
      const coverage = lines.length === this.lines.length ? this : new Coverage(lines);
      this.cut = { day, coverage };
    }
    return this.cut.coverage;
  }

  /** The days covered for one currency, by questions about it or about whole sheets. */
  of(cbr_id: string): DateRange[] {
    const known = this.ranges.get(cbr_id);
    if (known) return known;
    const own = this.ofCurrencies.filter((line) => line.cbr_id === cbr_id);
    const ranges = own.length === 0 ? this.sheets : joined([...this.sheets, ...own.map(rangeOf)]);
    this.ranges.set(cbr_id, ranges);
    return ranges;
  }

  /** Whether the bank was asked about all of the days for one currency. */
  isWhole(cbr_id: string, days: DateRange): boolean {
    return firstGap(this.of(cbr_id), days) === undefined;
  }

  /** The days for which whole sheets were asked. */
  get sheets(): DateRange[] {
    this.joinedSheets ??= rangesOf(this.ofSheets);
    return this.joinedSheets;
  }

  /** The days covered for any currency at all. */
  get any(): DateRange[] {
    return rangesOf(this.lines);
  }
}

/** Reads what has been loaded. */
@Injectable()
export class CoverageBook {
  constructor(private readonly reader: Reader) {}

  /** All of it; with `asOf` as it was known at that instant. */
  async read(asOf: Date | undefined): Promise<Coverage> {
    const lines = await this.reader.rows<Line & { recorded_at: string }>(LINES, []);
    if (!asOf) return new Coverage(lines);
    const known = asOf.toISOString();
    return new Coverage(lines.filter(({ recorded_at }) => recorded_at <= known));
  }
}

const LINES = 'SELECT cbr_id, from_date, to_date, recorded_at FROM coverage';

function rangeOf({ from_date, to_date }: Line): DateRange {
  return { from: from_date, to: to_date };
}

function rangesOf(lines: readonly Line[]): DateRange[] {
  return joined(lines.map(rangeOf));
}
