import { isCalendarDate } from '../common/calendar-date.js';
import type { BackfillRequest } from '../tasks/backfill-plan.js';
import { UsageError } from './command.js';
import { optionsIn } from './words.js';

export const BACKFILL_USAGE = `Loads the bank's history into the database, beside a running service or without one.

  npm run backfill -- --from 1992-07-01 [--to 2020-12-31] [--codes USD,EUR]

  --from   first day, YYYY-MM-DD; the bank's rates begin on 1992-07-01
  --to     last day; default, and at most, the day before the newest sheet
  --codes  letter codes separated by commas; default every currency that the bank knows

What is stored already stays; a fixing that the bank has changed becomes a correction, with its event.
A command that was interrupted goes on where it stopped when it is started again with the same days.

Exit codes: 0 everything is loaded; 1 something is missing, and was named; 64 the command line is not
understood; 78 a setting is wrong.`;

/**
 * Reads the words behind `backfill`.
 *
 * @throws UsageError
 */
export function backfillArguments(words: string[]): BackfillRequest {
  const { from, to, codes } = optionsIn(words, {
    from: { type: 'string' },
    to: { type: 'string' },
    codes: { type: 'string' },
  });
  if (from === undefined) throw new UsageError('--from is missing');
  for (const [name, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isCalendarDate(day)) {
      throw new UsageError(`--${name} is "${day}", which is not a day such as 1992-07-01`);
    }
  }
  if (!isCalendarDate(from) || (to !== undefined && !isCalendarDate(to))) {
    throw new UsageError('--from and --to must be days');
  }
  if (to !== undefined && to < from) throw new UsageError(`--to ${to} is before --from ${from}`);
  const list = codes?.split(',').map((code) => code.trim().toUpperCase());
  const bad = list?.find((code) => !/^[A-Z][A-Z0-9]{1,11}$/.test(code));
  if (bad !== undefined)
    throw new UsageError(`--codes has "${bad}", which is not a code such as USD`);
  return { from, to, codes: list && [...new Set(list)] };
}
