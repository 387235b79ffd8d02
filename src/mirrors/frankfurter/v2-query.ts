import type { IncomingMessage } from 'node:http';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { queryOf } from '../../http/requests/index.js';
import { type Grouping, GROUPS } from '../../rates/reading/index.js';
import { dateOf, listOf, PROVIDER, reject } from './query-values.js';

const ALLOWED = ['base', 'quotes', 'providers', 'date', 'from', 'to', 'group', 'expand'];
const ISO_CODES = new Set(Intl.supportedValuesOf('currency'));

/** What is asked of `/v2/rates`. */
export interface V2Query {
  base: string;
  quotes: string[] | undefined;
  /** A day, or a range; absent: today. */
  scope: CalendarDate | DateRange | undefined;
  group: Grouping | undefined;
  isExpanded: boolean;
}

/**
 * Reads the parameters of version 2, which are strict. As Frankfurter does, it takes the last value of a repeated one,
 * and ignores `to` without `from`.
 *
 * @param fixed those that the path gives
 * @param isKnown whether the bank has had a currency of that code
 * @throws FrankfurterRequestError
 */
export function v2Query(
  request: IncomingMessage,
  today: CalendarDate,
  isKnown: (code: string) => boolean,
  fixed: Record<string, string> = {},
): V2Query {
  const given = { ...Object.fromEntries(new URLSearchParams(queryOf(request))), ...fixed };
  const unknown = Object.keys(given).filter((name) => !ALLOWED.includes(name));
  if (unknown.length > 0) reject(`unknown parameter: ${unknown.join(', ')}`);
  const [date, from, to] = [given.date, given.from, given.to].map(dateOf);
  if (date && (from || to)) reject('conflicting params');
  const group = GROUPS.find((each) => each === given.group?.toLowerCase());
  if (given.group !== undefined && !group) reject('invalid group');
  const expanded = listOf(given.expand?.toLowerCase()) ?? [];
  const expand = expanded.filter((each) => each !== 'providers');
  if (expand.length > 0) reject(`invalid expand: ${expand.join(',')}`);
  const providers = listOf(given.providers?.toUpperCase()) ?? [];
  const others = providers.filter((key) => key !== PROVIDER);
  if (others.length > 0) reject(`invalid provider: ${others.join(',')}`);
  const [base, quotes] = [given.base?.toUpperCase(), listOf(given.quotes?.toUpperCase())];
  const invalid = [...(base === undefined ? [] : [base]), ...(quotes ?? [])].filter(
    (code) => !ISO_CODES.has(code) && !isKnown(code),
  );
  if (invalid.length > 0) reject(`invalid currency: ${invalid.join(',')}`);
  const range = from && { from, to: to ?? today };
  const isExpanded = expanded.length > 0;
  return { base: base ?? 'EUR', quotes, scope: date ?? range, group, isExpanded };
}
