import { Injectable } from '@nestjs/common';
import { NoParameters } from '../http/requests/index.js';
import { StatusService } from '../health/status.service.js';
import {
  type Conversion,
  ConversionService,
  RateRanges,
  type MissingSheet,
  pageAfter,
  type RateGroup,
  type RateRecord,
  RatesOnDay,
} from '../rates/reading/index.js';
import {
  ConversionQuery,
  historyRequest,
  rejectForCode,
  rejectForRates,
} from '../rates/v1/index.js';
import type { Status } from '../health/status.dto.js';
import { HistoryQuery, LatestQuery } from './rpc-queries.dto.js';
import type { RpcMethods } from './rpc-method.js';
import { rpcMethod } from './rpc-method.js';

/** The rates of a day, and what REST says in `Kurs-Not-Loaded`, `Kurs-Quarantined` and `Kurs-Missing-Sheet`. */
interface Latest {
  rates: RateRecord[];
  not_loaded: string[];
  quarantined: string[];
  /** Absent where none is missing. */
  missing_sheet?: MissingSheet;
}

/**
 * A page of a history, and where the next one begins: null after the last. What REST says in headers is
 * absent where REST has no header.
 */
interface HistoryPage {
  rates: (RateRecord | RateGroup)[];
  next: string | null;
  not_loaded?: string[];
  quarantined?: string[];
  missing_sheet?: MissingSheet;
}

/** The questions of REST over NATS, answered by the same services. */
@Injectable()
export class RatesRpc {
  /** Methods by the last token of their subjects. */
  readonly methods: RpcMethods = {
    latest: rpcMethod(LatestQuery, (query) => this.latest(query)),
    history: rpcMethod(HistoryQuery, (query) => this.historyOf(query)),
    convert: rpcMethod(ConversionQuery, (query) => this.convert(query)),
    status: rpcMethod(NoParameters, () => this.state()),
  };

  constructor(
    private readonly rates: RatesOnDay,
    private readonly history: RateRanges,
    private readonly conversion: ConversionService,
    private readonly status: StatusService,
  ) {}

  private latest(query: LatestQuery): Latest {
    rejectForRates(query);
    const { codes, as_of: asOf } = query;
    const wanted = { ...query, codes, named: 'codes' as const, asOf };
    const { records, notLoaded, quarantined, missingSheet } = this.rates.ratesOn(wanted);
    const missing = missingSheet && { missing_sheet: missingSheet };
    return { rates: records, not_loaded: notLoaded, quarantined, ...missing };
  }

  private async historyOf(query: HistoryQuery): Promise<HistoryPage> {
    const { code, group, fill, after, limit } = query;
    rejectForCode(code, query);
    const wanted = historyRequest(code, query);
    const { pages, notLoaded, quarantined, missingSheet } = group
      ? this.history.groups(wanted, group)
      : fill
        ? this.history.days(wanted)
        : this.history.fixings(wanted);
    const { rows, next } = await pageAfter<RateRecord | RateGroup>(pages, after, limit);
    return {
      ...{ rates: rows, next: next ?? null },
      ...(notLoaded.length > 0 && { not_loaded: notLoaded }),
      ...(quarantined.length > 0 && { quarantined }),
      ...(missingSheet && { missing_sheet: missingSheet }),
    };
  }

  private convert(query: ConversionQuery): Conversion {
    const wanted = { ...query, date: query.date, asOf: query.as_of };
    const { about: _, ...conversion } = this.conversion.convert(wanted);
    return conversion;
  }

  private state(): Promise<Status> {
    return this.status.status();
  }
}
