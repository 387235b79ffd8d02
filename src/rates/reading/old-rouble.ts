import type { CalendarDate } from '../../common/calendar-date.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { REDENOMINATION_DATE } from '../model/index.js';

/**
 * Rejects the old rouble, which ended with 1997 and has no meaning if everything is restated.
 *
 * @param asked codes by parameter
 * @param date the requested day, or the last of a range
 * @throws InvalidRequestError that names every parameter with the old rouble
 */
export function rejectOldRouble(
  asked: Readonly<Record<string, readonly string[] | undefined>>,
  date: CalendarDate,
  restate: boolean,
): void {
  if (date < REDENOMINATION_DATE && !restate) return;
  const reason = restate ? 'restate=true gives today’s roubles, RUB' : `${date} is after it ended`;
  const broken = Object.keys(asked).filter((parameter) => asked[parameter]?.includes('RUR'));
  if (broken.length === 0) return;
  throw new InvalidRequestError(
    broken.map((parameter) => ({ parameter, message: `${parameter} must not be RUR: ${reason}` })),
  );
}
