import { dayOfPosition, type HistoryRequest } from '../reading/index.js';
import type { V1HistoryQuery } from './v1-queries.dto.js';

/** Converts a query to a request for the history of one currency. */
export function historyRequest(code: string, query: V1HistoryQuery): HistoryRequest {
  const { from, to, after, as_of: asOf } = query;
  const resumeAt = after === undefined ? undefined : dayOfPosition(after);
  return { ...query, from, to, codes: [code], named: 'code', asOf, resumeAt };
}
