import { Injectable } from '@nestjs/common';
import { type CalendarDate, later } from '../common/calendar-date.js';
import { type DateRange, firstGap, joined, rangeAround } from '../common/date-range.js';
import { InvalidRequestError } from '../http/http.errors.js';
import type { Coverage } from './coverage-book.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';
import type { Known } from './known-facts.js';
import { ManualRates } from './manual-rates.js';
import { NotLoadedError, UnknownCodeError } from './rates.errors.js';
import { RequestedDays } from './requested-day.js';
import type { SourceChoice } from './source-choice.js';

/** A range as a caller gives it. */
interface WantedRange {
  from: CalendarDate | undefined;
  to: CalendarDate | undefined;
  /** The currencies it is about, the quote of a cross rate included; absent: all. */
  codes: readonly string[] | undefined;
  source: SourceChoice;
  asOf: Date | undefined;
}

/** A range without holes, and what was loaded for it. */
export interface LoadedRange {
  range: DateRange;
  known: Known;
  /** Today in Moscow, or at `asOf`. */
  today: CalendarDate;
  /** Of `known` what is loaded up to the end. */
  coverage: Coverage;
  /** Codes that are not loaded for all of it; nothing is said about their missing days. */
  notLoaded: string[];
}

/** Turns the range that a caller wants into one that is loaded whole, or says what is missing. */
@Injectable()
export class SeriesRanges {
  constructor(
    private readonly days: RequestedDays,
    private readonly manual: ManualRates,
  ) {}

  /**
   * Without `from`, everything that is loaded up to `to` without a hole; without `to`, up to the newest.
   *
   * @throws InvalidRequestError, UnknownCodeError, NotLoadedError
   */
  async resolve({ from, to, codes, source, asOf }: WantedRange): Promise<LoadedRange> {
    const known = await this.days.known(asOf);
    const last = this.days.lastDay(known, asOf);
    const end = to ?? last;
    if (end > last) {
      throw InvalidRequestError.of(
        'to',
        `to must not be later than ${last}: no sheet is published`,
      );
    }
    if (from !== undefined && from > end) {
      throw InvalidRequestError.of('from', `from must not be later than ${end}`);
    }
    const today = this.days.today(asOf);
    const coverage = known.coverage.upTo(end);
    if (source === 'manual') {
      const first = from ?? (await this.manual.firstDate({ codes, asOf })) ?? end;
      return { range: { from: first, to: end }, known, today, coverage, notLoaded: [] };
    }
    const ranges = await this.loaded(codes, { ...known, coverage }, asOf);
    const isOpenEnd = end >= today;
    let whole: DateRange = { from: from ?? FIRST_SHEET_DATE, to: end };
    for (const { code, days } of ranges) whole = clipped(whole, { code, days, from, isOpenEnd });
    const notLoaded = codes ? [] : codesNotLoaded({ ...known, coverage }, whole);
    return { range: whole, known, today, coverage, notLoaded };
  }

  private async loaded(
    codes: readonly string[] | undefined,
    { coverage, currencies }: Known,
    asOf: Date | undefined,
  ): Promise<{ code: string | undefined; days: DateRange[] }[]> {
    if (!codes) return [{ code: undefined, days: coverage.any }];
    const loaded = [];
    for (const code of codes) {
      const ids = currencies.idsOf(code);
      if (ids.length > 0) {
        loaded.push({ code, days: joined(ids.flatMap((id) => coverage.of(id))) });
      } else if ((await this.manual.firstDate({ codes: [code], asOf })) === null) {
        throw new UnknownCodeError(code);
      }
    }
    return loaded;
  }
}

function codesNotLoaded({ coverage, currencies }: Known, range: DateRange): string[] {
  const missing = currencies.all.filter(({ cbr_id }) => firstGap(coverage.of(cbr_id), range));
  return [...new Set(missing.map(({ code }) => code))].sort();
}

/** The part of `range` that is loaded for a currency; a hole inside what was asked for is an error. */
function clipped(
  range: DateRange,
  {
    code,
    days,
    from,
    isOpenEnd,
  }: {
    code: string | undefined;
    days: readonly DateRange[];
    from: CalendarDate | undefined;
    isOpenEnd: boolean;
  },
): DateRange {
  const lastLoaded = days.at(-1)?.to;
  // Today, and what is published for later, is answered by what is loaded last.
  const isBehind = isOpenEnd && lastLoaded !== undefined && lastLoaded < range.to;
  const to = isBehind ? later(lastLoaded, range.from) : range.to;
  if (from === undefined) {
    const around = rangeAround(days, to);
    if (!around) throw new NotLoadedError(to, code);
    return { from: later(range.from, around.from), to: range.to };
  }
  const start = later(from, FIRST_SHEET_DATE);
  if (start > to) return range;
  const gap = firstGap(days, { from: start, to });
  if (gap !== undefined) throw new NotLoadedError(gap, code);
  return range;
}
