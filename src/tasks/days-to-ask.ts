import { addDays, type CalendarDate, earlier, later } from '../common/calendar-date.js';
import { type DateRange, rangeAround } from '../common/date-range.js';
import type { MissingSheetEntity } from '../rates/model/index.js';

/** How many days before the newest sheet are asked for when the service was off. */
const MOST_MISSED_DAYS = 31;
const MINUTE_MS = 60_000;
/** The first pause after an answer that cannot be used, and after none: that may pass soon. */
const AFTER_BAD_ANSWER_MS = 60 * MINUTE_MS;
const AFTER_NO_ANSWER_MS = 10 * MINUTE_MS;
const LONGEST_PAUSE_MS = 24 * 60 * MINUTE_MS;

/** What is known of days before a run asks. */
export interface KnownDays {
  /** For which whole sheets were asked, joined. */
  covered: readonly DateRange[];
  missing: readonly Pick<MissingSheetEntity, 'date' | 'next_try_at'>[];
  /** The newest sheet stored up to `end`. */
  newest: CalendarDate | null;
}

/** When a run asks. */
export interface AskingTime {
  now: Date;
  /** In Moscow: what the bank says of a day to come is not its last word. */
  today: CalendarDate;
  /** Somebody waits for the run: what failed is asked for again at once. */
  isForced: boolean;
}

/** The days to ask about, oldest first. */
export interface DaysToAsk {
  /** Missed while the service was off, or skipped by a clock that was behind. */
  untried: CalendarDate[];
  /** The bank's answer could not be used. */
  again: CalendarDate[];
  /** It has answered about today, which is not to be asked about as a day missed. */
  isTodaySettled: boolean;
}

/** The days before `end` that are to be asked about, none of them older than what is known at all. */
export function daysToAsk(
  end: CalendarDate,
  { covered, missing, newest }: KnownDays,
  { now, today, isForced }: AskingTime,
): DaysToAsk {
  const last = earlier(addDays(end, -1), today);
  // An empty database may meet tomorrow's sheet first; the one in force today is wanted as well.
  const first = later(addDays(end, -MOST_MISSED_DAYS), covered[0]?.from ?? today);
  const untried: CalendarDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    // After the newest sheet a day is covered by the word that there was none yet: it may have come late.
    const isSettled = rangeAround(covered, day) && (newest === null || day <= newest);
    if (!isSettled && !missing.some(({ date }) => date === day)) untried.push(day);
  }
  const isDue = ({ next_try_at }: KnownDays['missing'][number]) => {
    if (next_try_at === null) return false;
    const left = next_try_at.getTime() - now.getTime();
    // Longer than any pause: the clock was set back.
    return isForced || left <= 0 || left > LONGEST_PAUSE_MS;
  };
  const again = missing.filter((each) => each.date <= last && isDue(each)).map(({ date }) => date);
  const isTodaySettled = rangeAround(covered, today) !== undefined && !untried.includes(today);
  return { untried, again, isTodaySettled };
}

/** When a day is to be asked for again after so many tries: each pause is twice as long as the one before, at most a day. */
export function nextTryAt(tried: Date, tries: number, hasNoAnswer: boolean): Date {
  const firstMs = hasNoAnswer ? AFTER_NO_ANSWER_MS : AFTER_BAD_ANSWER_MS;
  const pauseMs = Math.min(firstMs * 2 ** Math.min(tries - 1, 20), LONGEST_PAUSE_MS);
  return new Date(tried.getTime() + pauseMs);
}
