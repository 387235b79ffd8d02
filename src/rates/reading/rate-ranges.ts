import { Injectable } from '@nestjs/common';
import { type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { MissingSheet } from './missing-sheet.js';
import { rejectOldRouble } from './old-rouble.js';
import type { RateGroup } from './rate-group.dto.js';
import { type Grouping, grouped } from './rate-groups.js';
import type { RateRecord } from './rate-record.dto.js';
import { daysIn, fixingsIn } from './rate-series.js';
import { isRouble, type SourceChoice } from '../model/index.js';
import { type LoadedRange, SeriesRanges } from './series-range.js';

/** Request for a range of days. */
export interface HistoryRequest {
  from: CalendarDate | undefined;
  to: CalendarDate | undefined;
  /** undefined: every currency. */
  codes: readonly string[] | undefined;
  /** Name of the parameter with the codes. */
  named: 'code' | 'codes';
  quote: string;
  source: SourceChoice;
  restate: boolean;
  asOf: Date | undefined;
  /** First day of the page: the previous one ended there. */
  resumeAt: CalendarDate | undefined;
}

/** Rows to read page by page, and facts about their range. */
export interface History<Row> {
  pages: AsyncGenerator<Row[]>;
  range: DateRange;
  notLoaded: string[];
  /** Codes with a held fixing in the range. */
  quarantined: string[];
  /** Set if the range includes today and today's sheet could not be fetched. */
  missingSheet: MissingSheet | null;
}

/** Reads ranges: fixings, every day with carried rates, or weeks and months. */
@Injectable()
export class RateRanges {
  constructor(private readonly ranges: SeriesRanges) {}

  /** @throws what SeriesRanges and rejectOldRouble throw, before the first page */
  fixings(request: HistoryRequest): History<RateRecord> {
    return this.records(request, false);
  }

  private records(request: HistoryRequest, onePerCode: boolean): History<RateRecord> {
    const isCross = !isRouble(request.quote);
    const { range, known, now, notLoaded } = this.loaded(request, isCross);
    const wanted = { ...request, range: resumed(range, request), onePerCode };
    const pages = fixingsIn({ ...wanted, known, now });
    return { pages, range, notLoaded, ...gapsOf(range, { known, now }, request) };
  }

  /** One currency, with a row for every covered day on which it was in force. */
  days(request: HistoryRequest): History<RateRecord> {
    const { range, known, now, notLoaded } = this.loaded(request, true);
    const pages = daysIn({ ...request, range: resumed(range, request), known, now });
    return { pages, range, notLoaded, ...gapsOf(range, { known, now }, request) };
  }

  /** One currency, with a row for every week or month with a fixing; each day counts once. */
  groups(request: HistoryRequest, grouping: Grouping): History<RateGroup> {
    const { pages, ...known } = this.records(request, true);
    return { pages: grouped(pages, grouping, request.restate), ...known };
  }

  private loaded(request: HistoryRequest, isCarried: boolean): LoadedRange {
    const { from, to, codes, named, quote, source, restate, asOf } = request;
    const currencies = codes?.filter((code) => !isRouble(code));
    const pair = { codes: currencies, quote: isRouble(quote) ? undefined : quote };
    const loaded = this.ranges.resolve({ from, to, ...pair, source, asOf, isCarried });
    rejectOldRouble({ [named]: codes, quote: [quote] }, loaded.range.to, restate);
    return loaded;
  }
}

/** Manual rates are never held or missing. */
function gapsOf(
  range: DateRange,
  { known, now }: Pick<LoadedRange, 'known' | 'now'>,
  { codes, quote, source }: HistoryRequest,
): Pick<History<never>, 'quarantined' | 'missingSheet'> {
  if (source === 'manual') return { quarantined: [], missingSheet: null };
  const today = moscowDate(now);
  const code = range.from <= today && today <= range.to ? known.missing.get(today) : undefined;
  return {
    quarantined: known.held.codesWithin(range, codes && [...codes, quote]),
    missingSheet: code === undefined ? null : { date: today, code },
  };
}

function resumed({ from, to }: DateRange, { resumeAt }: HistoryRequest): DateRange {
  return { from: resumeAt !== undefined && resumeAt > from ? resumeAt : from, to };
}
