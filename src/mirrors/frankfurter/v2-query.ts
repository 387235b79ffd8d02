import type { IncomingMessage } from 'node:http';
import { type CalendarDate, isCalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { queryOf } from '../../http/requests/index.js';
import { type Grouping, GROUPS } from '../../rates/reading/index.js';
import { FrankfurterRequestError } from './frankfurter.errors.js';

const ALLOWED = ['base', 'quotes', 'providers', 'date', 'from', 'to', 'group', 'expand'];
const ISO_CODES = new Set(Intl.supportedValuesOf('currency'));
/** The only provider. */
export const PROVIDER = 'CBR';

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
 * Reads the parameters of version 2, which are strict.
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
  if (unknown.length > 0) fail(`unknown parameter: ${unknown.join(', ')}`);
  const [date, from, to] = [given.date, given.from, given.to].map(dateOf);
  if (date && (from || to)) fail('conflicting params');
  const group = GROUPS.find((each) => each === given.group?.toLowerCase());
  if (given.group !== undefined && !group) fail('invalid group');
  const expanded = listOf(given.expand?.toLowerCase()) ?? [];
  const expand = expanded.filter((each) => each !== 'providers');
  if (expand.length > 0) fail(`invalid expand: ${expand.join(',')}`);
  const providers = listOf(given.providers?.toUpperCase()) ?? [];
  const others = providers.filter((key) => key !== PROVIDER);
  if (others.length > 0) fail(`invalid provider: ${others.join(',')}`);
  const [base, quotes] = [given.base?.toUpperCase(), listOf(given.quotes?.toUpperCase())];
  const invalid = [...(base === undefined ? [] : [base]), ...(quotes ?? [])].filter(
    (code) => !ISO_CODES.has(code) && !isKnown(code),
  );
  if (invalid.length > 0) fail(`invalid currency: ${invalid.join(',')}`);
  const range = from && { from, to: to ?? today };
  const isExpanded = expanded.length > 0;
  return { base: base ?? 'EUR', quotes, scope: date ?? range, group, isExpanded };
}

/** @throws FrankfurterRequestError */
export function dateOf(text: string | undefined): CalendarDate | undefined {
  if (text === undefined) return undefined;
  return isCalendarDate(text) ? text : fail('invalid date');
}

function listOf(text: string | undefined): string[] | undefined {
  return text?.split(',').map((each) => each.trim());
}

function fail(message: string): never {
  throw new FrankfurterRequestError(message);
}
