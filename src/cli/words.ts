import { type CalendarDate, isCalendarDate } from '../common/calendar-date.js';
import { CURRENCY_CODE } from '../common/currency-code.js';
import { UsageError } from './cli.errors.js';

/** @throws UsageError */
export function dayIn(option: string, text: string): CalendarDate {
  if (isCalendarDate(text)) return text;
  throw new UsageError(`${option} is "${text}", which is not a day such as 1992-07-01`);
}

/** `usd,EUR`: the codes, each once. @throws UsageError */
export function codesIn(option: string, text: string): string[] {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  const bad = codes.find((code) => !CURRENCY_CODE.test(code));
  if (bad === undefined) return [...new Set(codes)];
  throw new UsageError(`${option} has "${bad}", which is not a code such as USD`);
}

/** commander's own check is lost where a library reads the option. @throws UsageError */
export function oneOf<Choice extends string>(
  option: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${option} is "${text}", which is none of ${choices.join(', ')}`);
}

/** A place in the event log. @throws UsageError */
export function seqIn(option: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number.parseInt(text, 10);
  throw new UsageError(`${option} is "${text}", which is not a seq`);
}

/** @throws UsageError when the option was left out */
export function needed<Value>(option: string, value: Value | undefined): Value {
  if (value === undefined) throw new UsageError(`${option} is missing`);
  return value;
}

/** @throws UsageError when the days are the wrong way round */
export function refuseBackwards(from: CalendarDate | undefined, to: CalendarDate | undefined) {
  if (from !== undefined && to !== undefined && to < from) {
    throw new UsageError(`--to ${to} is before --from ${from}`);
  }
}
