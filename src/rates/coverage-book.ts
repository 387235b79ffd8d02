import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { type DateRange, firstGap, joined } from '../common/date-range.js';
import { Reader } from '../database/reader.js';
import type { Unit } from '../database/unit.js';
import { CoverageEntity, EVERY_CURRENCY } from './coverage.entity.js';

/** Notes that the bank has been asked about these days; nothing is written when that is known. */
export async function noteCoverage(
  unit: Unit,
  cbr_id: string,
  { from, to }: DateRange,
  recorded_at: Date,
): Promise<void> {
  const noted = await unit
    .select(CoverageEntity, 'coverage')
    .where('coverage.cbr_id = :cbr_id AND coverage.to_date >= :from', { cbr_id, from })
    .getMany();
  if (firstGap(rangesOf(noted), { from, to }) === undefined) return;
  const line = { cbr_id, from_date: from, to_date: to, recorded_at } as CoverageEntity;
  await unit.insert(CoverageEntity, [line]);
}

/** What has been loaded: per currency the days that the bank was asked about, ranges that meet joined. */
export class Coverage {
  private readonly ranges = new Map<string, DateRange[]>();

  constructor(private readonly lines: readonly CoverageEntity[]) {}

  /** The days covered for one currency, by questions about it or about whole sheets. */
  of(cbr_id: string): DateRange[] {
    const known = this.ranges.get(cbr_id);
    if (known) return known;
    const own = this.lines.filter(
      (line) => line.cbr_id === cbr_id || line.cbr_id === EVERY_CURRENCY,
    );
    const ranges = rangesOf(own);
    this.ranges.set(cbr_id, ranges);
    return ranges;
  }

  /** The days for which whole sheets were asked. */
  get sheets(): DateRange[] {
    return this.of(EVERY_CURRENCY);
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

  /** The coverage that touches `days`; with `asOf` as it was known at that instant. */
  async touching({ from, to }: DateRange, asOf: Date | undefined): Promise<Coverage> {
    const query = this.reader
      .select(CoverageEntity, 'coverage')
      .where('coverage.to_date >= :from AND coverage.from_date <= :to', { from, to });
    if (asOf) query.andWhere('coverage.recorded_at <= :asOf', { asOf: asOf.toISOString() });
    return new Coverage(await query.getMany());
  }

  /** The last covered day up to `day`; undefined when there is none. */
  async lastDay(day: CalendarDate, asOf: Date | undefined): Promise<CalendarDate | undefined> {
    const coverage = await this.touching({ from: '0001-01-01' as CalendarDate, to: day }, asOf);
    const last = coverage.any.at(-1)?.to;
    return last !== undefined && last > day ? day : last;
  }
}

function rangesOf(lines: readonly CoverageEntity[]): DateRange[] {
  return joined(lines.map(({ from_date, to_date }) => ({ from: from_date, to: to_date })));
}
