import { type Range, RANGES } from '../values/series.js';

/** Days of a chart: a period that ends today, or a first and a last day, `yyyy-mm-dd`. */
export type Span = { period: Range } | { from: string; to: string };

/** A currency in roubles, or a pair of two. */
export interface CurrencyRoute {
  name: 'currency';
  code: string;
  quote: string;
  /** Null: the period that the page chooses. */
  span: Span | null;
  /** Further currencies in the same chart, at most three. */
  compared?: readonly string[];
  /** Whether the chart shows per cent of each currency's first rate. */
  isIndexed?: boolean;
}

interface ConversionRoute {
  name: 'conversion';
  amount: string;
  from: string;
  /** Codes of the targets, with commas between them. */
  to: string;
  /** Empty: today. */
  date: string;
}

export type Route =
  | { name: 'list' }
  | { name: 'day'; day: string }
  | CurrencyRoute
  | ConversionRoute
  | { name: 'unknown'; path: string };

export const ROUBLE = 'RUB';
const CODE = /^[A-Z0-9]{2,12}$/;
/** More targets would be a table, which the page of a day shows better. */
export const MOST_TARGETS = 8;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Beside the currency of the page. */
export const MOST_COMPARED = 3;
const AMOUNT = /^\d+(?:\.\d+)?$/;
const OLD_ADDRESS = /^#\/(?:([A-Za-z0-9]{2,12})(?:\/(\w+))?)?$/;

/** Route of an address of the page: `path` without the first slash. */
export function routeOf(path: string, query: URLSearchParams): Route {
  if (path === '') return { name: 'list' };
  const unknown: Route = { name: 'unknown', path };
  const [first = '', ...rest] = path.split('/');
  if (first === 'on') return dayIn(rest) ?? unknown;
  if (first === 'convert') return conversionIn(rest, query) ?? unknown;
  const [quote = ROUBLE, ...more] = rest;
  if (more.length > 0 || !CODE.test(first) || !CODE.test(quote)) return unknown;
  if (first === quote) return unknown;
  const compared = comparedIn(query, [first, quote, ROUBLE]);
  return {
    ...{ name: 'currency', code: first, quote, span: spanIn(query) },
    ...(compared.length > 0 && { compared }),
    ...(compared.length > 0 && query.get('indexed') === '1' && { isIndexed: true }),
  };
}

/** Address of a route, relative to that of the page. */
export function addressOf(route: Route): string {
  switch (route.name) {
    case 'list':
      return '';
    case 'day':
      return `on/${route.day}`;
    case 'conversion': {
      const { amount, from, to, date } = route;
      return `convert/${amount}/${from}/${to}${date === '' ? '' : `?on=${date}`}`;
    }
    case 'currency': {
      const { code, quote, span, compared = [], isIndexed = false } = route;
      const query = new URLSearchParams({ ...span });
      if (compared.length > 0) query.set('with', compared.join(','));
      if (compared.length > 0 && isIndexed) query.set('indexed', '1');
      const choices = query.size === 0 ? '' : `?${query.toString().replaceAll('%2C', ',')}`;
      return `${code}${quote === ROUBLE ? '' : `/${quote}`}${choices}`;
    }
    case 'unknown':
      return route.path;
  }
}

/** Route of an address of earlier versions, `#/USD/5y`; null if the fragment is none. */
export function routeOfOldAddress(hash: string): Route | null {
  const found = OLD_ADDRESS.exec(hash);
  if (found === null) return null;
  const [, code, range] = found;
  if (code === undefined) return { name: 'list' };
  const period = RANGES.find((each) => each === range);
  const span = period === undefined ? null : { period };
  return { name: 'currency', code: code.toUpperCase(), quote: ROUBLE, span };
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a text is a list of codes, each once: `EUR,CNY`. */
export function areCodes(text: string): boolean {
  const codes = text.split(',');
  const areDifferent = new Set(codes).size === codes.length;
  return areDifferent && codes.length <= MOST_TARGETS && codes.every((code) => CODE.test(code));
}

function dayIn([day = '', ...more]: readonly string[]): Route | null {
  return more.length === 0 && isDay(day) ? { name: 'day', day } : null;
}

function conversionIn(parts: readonly string[], query: URLSearchParams): Route | null {
  const [amount = '', from = '', to = '', ...more] = parts;
  const date = query.get('on') ?? '';
  if (more.length > 0 || !AMOUNT.test(amount) || !CODE.test(from) || !areCodes(to)) return null;
  return date === '' || isDay(date) ? { name: 'conversion', amount, from, to, date } : null;
}

function comparedIn(query: URLSearchParams, others: readonly string[]): string[] {
  const codes = new Set((query.get('with') ?? '').split(','));
  return [...codes]
    .filter((code) => CODE.test(code) && !others.includes(code))
    .slice(0, MOST_COMPARED);
}

function spanIn(query: URLSearchParams): Span | null {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  const period = RANGES.find((each) => each === query.get('period'));
  return period === undefined ? null : { period };
}
