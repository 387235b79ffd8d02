import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { lastPublishedDay, NotLoadedError, type SourceChoice } from '../model/index.js';
import { RateRanges } from './rate-ranges.js';
import type { RateRecord } from './rate-record.dto.js';
import { fixingsIn } from './rate-series.js';
import { RequestedDays } from './requested-day.js';

/** Filter of an export; undefined: every currency, from the first stored fixing to the newest. */
export interface RatesExportRequest {
  from: CalendarDate | undefined;
  to: CalendarDate | undefined;
  codes: readonly string[] | undefined;
  source: SourceChoice;
}

/** Fixings to read page by page, ordered by day and code, and what is missing. */
export interface RatesExport {
  pages: AsyncGenerator<RateRecord[]>;
  range: DateRange;
  /** Days that are not loaded, and held fixings; empty if the range is complete. */
  missing: string[];
}

/**
 * Exports everything stored in a range, in the rouble of each date. An incomplete range is not an error here: the
 * export has what there is, and `missing` names the rest.
 */
@Injectable()
export class RatesExportService {
  constructor(
    private readonly history: RateRanges,
    private readonly days: RequestedDays,
  ) {}

  /** @throws InvalidRequestError, UnknownCodeError */
  open({ from, to, ...wanted }: RatesExportRequest): RatesExport {
    const known = this.days.viewAt(undefined);
    // The bank's rates end with its newest sheet; days since then are not missing.
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
      // Without `from`, the days before a currency's first fixing were not requested.
      const missing = from === undefined ? [] : notLoaded;
      return { pages, range, missing: missingNotes(missing, quarantined) };
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

function missingNotes(notLoaded: readonly string[], quarantined: readonly string[]): string[] {
  return [
    ...(notLoaded.length > 0 ? [`Not loaded for all of these days: ${notLoaded.join(', ')}`] : []),
    ...(quarantined.length > 0
      ? [`Held in quarantine (/v1/quarantine): ${quarantined.join(', ')}`]
      : []),
  ];
}
