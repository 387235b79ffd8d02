import { addDays, type CalendarDate, earlier, later } from '../common/calendar-date.js';
import { type DateRange, rangeAround } from '../common/date-range.js';
import type { MissingSheetEntity } from '../rates/model/index.js';

/** How many missed days to fetch after the service was off. */
const MOST_MISSED_DAYS = 31;
const MINUTE_MS = 60_000;
/** First back-off after an unusable answer, and after none, which is probably transient. */
const AFTER_BAD_ANSWER_MS = 60 * MINUTE_MS;
const AFTER_NO_ANSWER_MS = 10 * MINUTE_MS;
const LONGEST_PAUSE_MS = 24 * 60 * MINUTE_MS;

/** Known days at the start of a run. */
export interface KnownDays {
  /** Days whose sheets were requested, joined. */
  covered: readonly DateRange[];
  missing: readonly Pick<MissingSheetEntity, 'date' | 'next_try_at'>[];
  /** The newest sheet stored up to `end`. */
  newest: CalendarDate | null;
}

/** Time of a run. */
export interface AskingTime {
  now: Date;
  /** In Moscow. Answers about later days are provisional. */
  today: CalendarDate;
  /** A caller is waiting: skip the back-off of failed days. */
  isForced: boolean;
}

/** Days to request, oldest first. */
export interface DaysToAsk {
  /** Missed while the service was off, or skipped because the clock was behind. */
  untried: CalendarDate[];
  /** The bank's answer was unusable. */
  again: CalendarDate[];
  /** The bank has answered for today, so today is not a missed day. */
  isTodaySettled: boolean;
}

/** Days before `end` to request, none before the first known day. */
export function daysToAsk(
  end: CalendarDate,
  { covered, missing, newest }: KnownDays,
  { now, today, isForced }: AskingTime,
): DaysToAsk {
  const last = earlier(addDays(end, -1), today);
  // An empty database may get tomorrow's sheet first, and needs the one in force today as well.
  const first = later(addDays(end, -MOST_MISSED_DAYS), covered[0]?.from ?? today);
  const untried: CalendarDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    // A day after the newest sheet is covered because there was no sheet yet; one may have come late.
    const isSettled = rangeAround(covered, day) && (newest === null || day <= newest);
    if (!isSettled && !missing.some(({ date }) => date === day)) untried.push(day);
  }
  const isDue = ({ next_try_at }: KnownDays['missing'][number]) => {
    if (next_try_at === null) return false;
    const left = next_try_at.getTime() - now.getTime();
    // Longer than any back-off: the clock was set back.
    return isForced || left <= 0 || left > LONGEST_PAUSE_MS;
  };
  const again = missing.filter((each) => each.date <= last && isDue(each)).map(({ date }) => date);
  const isTodaySettled = rangeAround(covered, today) !== undefined && !untried.includes(today);
  return { untried, again, isTodaySettled };
}

/** Time of the next attempt after `tries`: exponential back-off of at most a day. */
export function nextTryAt(tried: Date, tries: number, hasNoAnswer: boolean): Date {
  const firstMs = hasNoAnswer ? AFTER_NO_ANSWER_MS : AFTER_BAD_ANSWER_MS;
  const pauseMs = Math.min(firstMs * 2 ** Math.min(tries - 1, 20), LONGEST_PAUSE_MS);
  return new Date(tried.getTime() + pauseMs);
}
