import type { CalendarDate } from '../../common/calendar-date.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { REDENOMINATION_DATE } from '../model/index.js';

/**
 * The old rouble ended with 1997, and has no meaning where everything is restated.
 *
 * @param asked the codes that each parameter names
 * @param date the day that is asked about, or the last of a range
 * @throws InvalidRequestError that names every parameter with the old rouble
 */
export function refuseOldRouble(
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
