import { InvalidArgumentError } from 'commander';
import { type CalendarDate, isCalendarDate } from '../common/calendar-date.js';
import { CURRENCY_CODE } from '../common/currency-code.js';
import { UsageError } from './cli.errors.js';

/** @throws InvalidArgumentError */
export function dateFrom(text: string): CalendarDate {
  if (isCalendarDate(text)) return text;
  throw new InvalidArgumentError('Expected a date such as 1992-07-01.');
}

/** Letter codes separated by commas, in either case; duplicates are dropped. @throws InvalidArgumentError */
export function codesFrom(text: string): string[] {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  const bad = codes.find((code) => !CURRENCY_CODE.test(code));
  if (bad === undefined) return [...new Set(codes)];
  throw new InvalidArgumentError(`"${bad}" is not a code such as USD.`);
}

/** The `seq` of an event. @throws InvalidArgumentError */
export function seqFrom(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number.parseInt(text, 10);
  throw new InvalidArgumentError('Expected the seq of an event, such as 0.');
}

/** @throws InvalidArgumentError */
export function urlFrom(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000.');
}

/** @throws UsageError */
export function requireOrder(from: CalendarDate | undefined, to: CalendarDate | undefined): void {
  if (from !== undefined && to !== undefined && to < from) {
    throw new UsageError(`--to ${to} is before --from ${from}`);
  }
}
