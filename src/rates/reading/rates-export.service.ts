import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { lastPublishedDay, NotLoadedError, type SourceChoice } from '../model/index.js';
import { RateRanges } from './rate-ranges.js';
import type { RateRecord } from './rate-record.js';
import { fixingsIn } from './rate-series.js';
import { RequestedDays } from './requested-day.js';

/** Which fixings are wanted; absent: every currency, from the first that is stored to the newest. */
export interface RatesExportRequest {
  from: CalendarDate | undefined;
  to: CalendarDate | undefined;
  codes: readonly string[] | undefined;
  source: SourceChoice;
}

/** Fixings to read page by page, in the order of days and codes, and what is missing among them. */
export interface RatesExport {
  pages: AsyncGenerator<RateRecord[]>;
  range: DateRange;
  /** What the bank was not asked about, and what is held; none: the range is whole. */
  missing: string[];
}

/**
 * Everything that is stored of a range, in the rouble of each date. A range that is not loaded whole is
 * no error here, for whoever takes his data elsewhere wants what there is: what is missing is said.
 */
@Injectable()
export class RatesExportService {
  constructor(
    private readonly history: RateRanges,
    private readonly days: RequestedDays,
  ) {}

  /** @throws InvalidRequestError, UnknownCodeError */
  open({ from, to, ...wanted }: RatesExportRequest): RatesExport {
    const known = this.days.known(undefined);
    // The bank's figures end with its newest sheet: days since then are not missing from what is stored.
    const end = to ?? (wanted.source === 'cbr' ? known.newestSheet : null) ?? undefined;
    const request = {
      ...wanted,
      to: end,
      from: from ?? known.firstDate ?? undefined,
      named: 'codes' as const,
      quote: 'RUB',
      restate: false,
      asOf: undefined,
      resumeAt: undefined,
    };
    try {
      const { pages, range, notLoaded, quarantined } = this.history.fixings(request);
      // Whoever wants what is stored has not asked for the days before a currency's first.
      const wanting = from === undefined ? [] : notLoaded;
      return { pages, range, missing: shortcomings(wanting, quarantined) };
    } catch (thrown) {
      if (!(thrown instanceof NotLoadedError)) throw thrown;
      const now = this.days.now(undefined);
      const last = request.to ?? lastPublishedDay(known.newestSheet, now);
      const range = { from: request.from ?? last, to: last };
      const pages = fixingsIn({ ...request, range, known, now });
      return { pages, range, missing: [thrown.message] };
    }
  }
}

function shortcomings(notLoaded: readonly string[], quarantined: readonly string[]): string[] {
  return [
    ...(notLoaded.length > 0 ? [`Not loaded for all of these days: ${notLoaded.join(', ')}`] : []),
    ...(quarantined.length > 0
      ? [`Held until a person decides (/v1/quarantine): ${quarantined.join(', ')}`]
      : []),
  ];
}
