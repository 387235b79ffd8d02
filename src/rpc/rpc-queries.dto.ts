import { IntersectionType, OmitType } from '@nestjs/swagger';
import type { CalendarDate } from '../common/calendar-date.js';
import { CodeParameter } from '../rates/original/index.js';
import { V1HistoryQuery, V1RatesQuery } from '../rates/v1/index.js';

/** As large as a page may be: the broker carries a megabyte. */
const PAGE = 1_000;

/** What `rates.latest` takes: the parameters of `GET /v1/rates` for a day, by default the newest sheet's. */
export class LatestQuery extends OmitType(V1RatesQuery, ['from', 'to', 'limit', 'after'] as const) {
  override date: CalendarDate | 'latest' = 'latest';
}

/** What `rates.history` takes: the parameters of `GET /v1/rates/{code}/history`, a page at a time. */
export class HistoryQuery extends IntersectionType(CodeParameter, V1HistoryQuery) {
  override limit = PAGE;
}
