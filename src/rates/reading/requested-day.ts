import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { DateRange } from '../../common/date-range.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import {
  type DayState,
  dayState,
  FIRST_SHEET_DATE,
  lastAnswerableDay,
  lastPublishedDay,
  type LoadingState,
  openDays,
} from '../model/index.js';
import { type BookView, RateBooks, viewOf } from '../book/index.js';

/** A requested day, and facts about it. */
export interface RequestedDay extends DayState {
  date: CalendarDate;
  isBeforeFirstSheet: boolean;
  /** Newest sheet up to that day; null if there is none. */
  newestSheet: CalendarDate | null;
  /** The rate book now, or at the instant of the view. */
  known: BookView;
  loading: LoadingState;
}

/** Instant of a view: now, or `asOf`. */
export interface Viewpoint {
  asOf: Date | undefined;
  now: Date;
}

/** Resolves requested days to days that can be answered. */
@Injectable()
export class RequestedDays {
  constructor(
    private readonly books: RateBooks,
    private readonly clock: Clock,
  ) {}

  /**
   * View of the rate book now or at `asOf`.
   *
   * @throws InvalidRequestError for an instant in the future, BookNotLoadedError
   */
  viewAt(asOf: Date | undefined): BookView {
    if (asOf && asOf > this.clock.now()) {
      throw InvalidRequestError.of('as_of', 'as_of must not be in the future');
    }
    return viewOf(this.books.current, asOf);
  }

  /** Last day that has an answer now. @throws BookNotLoadedError */
  lastAnswerable(): CalendarDate {
    return lastAnswerableDay(this.viewAt(undefined).newestSheet, this.clock.now());
  }

  /** The instant of the view. */
  now(asOf: Date | undefined): Date {
    return asOf ?? this.clock.now();
  }

  /** Open days: from today on, answered whether covered or not. */
  open({ newestSheet, sheets }: BookView, { now }: Viewpoint): DateRange[] {
    const today = moscowDate(now);
    if (newestSheet === null) return openDays([], now);
    if (newestSheet <= today) return openDays([newestSheet], now);
    const current = sheets.newest(today);
    const ahead = sheets.within({ from: addDays(today, 1), to: newestSheet });
    return openDays(current === null ? ahead : [current, ...ahead], now);
  }

  /** Facts for errors about days that are not loaded. With `asOf` of now, the state can still change. */
  loading({ coverage }: BookView, { asOf, now }: Viewpoint): LoadingState {
    const [isEmpty, hasSheet] = [coverage.any.length === 0, coverage.sheets.length > 0];
    const isPast = asOf !== undefined && asOf < this.clock.now();
    return { asOf: isPast ? asOf : undefined, isEmpty, hasSheet, today: moscowDate(now) };
  }

  /**
   * `latest` is the last day with its own rates; undefined is today.
   *
   * @throws InvalidRequestError for a day or an instant that cannot be answered yet
   */
  resolve(wanted: CalendarDate | 'latest' | undefined, asOf: Date | undefined): RequestedDay {
    const known = this.viewAt(asOf);
    const view = { asOf, now: this.now(asOf) };
    const newest = known.newestSheet;
    const date =
      wanted === 'latest' ? lastPublishedDay(newest, view.now) : (wanted ?? moscowDate(view.now));
    rejectLater(date, 'date', known, view);
    const newestSheet = known.sheets.newest(date);
    return {
      date,
      ...dayState(date, newestSheet, view.now),
      isBeforeFirstSheet: date < FIRST_SHEET_DATE,
      newestSheet,
      known,
      loading: this.loading(known, view),
    };
  }
}

/** @throws InvalidRequestError if `date`, the value of a parameter, cannot be answered yet */
export function rejectLater(
  date: CalendarDate,
  parameter: 'date' | 'to',
  { newestSheet }: BookView,
  { asOf, now }: Viewpoint,
): void {
  // Fast path: today is always answered, and most requests are for today or earlier.
  if (date <= moscowDate(now)) return;
  const last = lastAnswerableDay(newestSheet, now);
  if (date <= last) return;
  const today = `it ${asOf ? 'was' : 'is'} ${moscowDate(now)} in Moscow`;
  throw InvalidRequestError.of(
    parameter,
    `${parameter} must not be later than ${last}: ${today}, and a later day may get a sheet of its own`,
  );
}
