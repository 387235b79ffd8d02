import { Injectable, Logger } from '@nestjs/common';
import {
  addDays,
  type CalendarDate,
  moscowDate,
  startOfMoscowDay,
} from '../common/calendar-date.js';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { StoredRates } from '../rates/original/index.js';
import { expectedAfter, workingDayFrom } from '../rates/model/index.js';

/** Hours in Moscow between which the bank publishes the sheet of the next day. */
const WATCH_FROM_HOUR = 15;
const WATCH_TO_HOUR = 19;
const HOUR_MS = 3_600_000;

type Paces = Pick<Settings, 'CBR_POLL_SECONDS' | 'CBR_WATCH_SECONDS'>;

/** Poll interval: CBR_POLL_SECONDS, or CBR_WATCH_SECONDS while a sheet is expected. */
@Injectable()
export class PollPace {
  private readonly logger = new Logger(PollPace.name);

  constructor(
    private readonly queries: StoredRates,
    private readonly settings: Settings,
  ) {}

  /** Time of the next run, from the start of the last one and the stored sheets. */
  async after(began: Date): Promise<Date> {
    try {
      return nextPoll(began, await this.queries.newestEffectiveDate(), this.settings);
    } catch (thrown) {
      this.logger.warn(`Which sheet is missing is not known: ${messageOf(thrown)}`);
      return after(began, this.settings.CBR_POLL_SECONDS);
    }
  }
}

/**
 * Time of the next run after `began`: every CBR_WATCH_SECONDS between 15:00 and 19:00 while the sheet of a working
 * day is missing; otherwise every CBR_POLL_SECONDS, or at 15:00 if that is earlier.
 */
export function nextPoll(began: Date, newest: CalendarDate | null, paces: Paces): Date {
  const poll = after(began, paces.CBR_POLL_SECONDS);
  if (paces.CBR_WATCH_SECONDS >= paces.CBR_POLL_SECONDS) return poll;
  const [from, to] = nextWatch(began, newest);
  if (began >= from && began < to) return after(began, paces.CBR_WATCH_SECONDS);
  return poll < from ? poll : from;
}

/** The next watch period: today's if a sheet is missing today, else that of the next day with a sheet. */
function nextWatch(now: Date, newest: CalendarDate | null): [from: Date, to: Date] {
  const today = moscowDate(now);
  const isOver = now >= hourOf(today, WATCH_TO_HOUR);
  const first = workingDayFrom(isOver ? addDays(today, 1) : today);
  const expected = newest === null ? first : expectedAfter(newest).published_on;
  const day = expected > first ? expected : first;
  return [hourOf(day, WATCH_FROM_HOUR), hourOf(day, WATCH_TO_HOUR)];
}

function hourOf(date: CalendarDate, hour: number): Date {
  return new Date(startOfMoscowDay(date).getTime() + hour * HOUR_MS);
}

function after(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1_000);
}
