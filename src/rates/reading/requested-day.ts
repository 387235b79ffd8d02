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

/** A day that was asked about, and how it stands to what is known. */
export interface RequestedDay extends DayState {
  date: CalendarDate;
  isBeforeFirstSheet: boolean;
  /** The newest sheet up to that day; null when none is known. */
  newestSheet: CalendarDate | null;
  /** What is known now, or was at the instant to look from. */
  known: BookView;
  loading: LoadingState;
}

/** From when things are looked at: now, unless a caller asks for what was known at `asOf`. */
export interface Viewpoint {
  asOf: Date | undefined;
  now: Date;
}

/** Turns what a caller says into a day that can be answered. */
@Injectable()
export class RequestedDays {
  constructor(
    private readonly books: RateBooks,
    private readonly clock: Clock,
  ) {}

  /**
   * What is known now; with `asOf` what was known at that instant.
   *
   * @throws InvalidRequestError for an instant that is yet to come, BookNotLoadedError
   */
  known(asOf: Date | undefined): BookView {
    if (asOf && asOf > this.clock.now()) {
      throw InvalidRequestError.of('as_of', 'as_of must not be in the future');
    }
    return viewOf(this.books.current, asOf);
  }

  /** The instant to look from. */
  now(asOf: Date | undefined): Date {
    return asOf ?? this.clock.now();
  }

  /** The days from today on that are answered, although the bank may not have been asked about them. */
  open({ newestSheet, sheets }: BookView, { now }: Viewpoint): DateRange[] {
    const today = moscowDate(now);
    if (newestSheet === null) return openDays([], now);
    if (newestSheet <= today) return openDays([newestSheet], now);
    const current = sheets.newest(today);
    const ahead = sheets.within({ from: addDays(today, 1), to: newestSheet });
    return openDays(current === null ? ahead : [current, ...ahead], now);
  }

  /** What an error about days that are not loaded has to say; what is known as of now can still change. */
  loading({ coverage }: BookView, { asOf, now }: Viewpoint): LoadingState {
    const [isEmpty, hasSheet] = [coverage.any.length === 0, coverage.sheets.length > 0];
    const isPast = asOf !== undefined && asOf < this.clock.now();
    return { asOf: isPast ? asOf : undefined, isEmpty, hasSheet, today: moscowDate(now) };
  }

  /**
   * `latest` is the last day with a rate of its own; no date is today.
   *
   * @throws InvalidRequestError for a day, or an instant, about which nothing can be known yet
   */
  resolve(wanted: CalendarDate | 'latest' | undefined, asOf: Date | undefined): RequestedDay {
    const known = this.known(asOf);
    const view = { asOf, now: this.now(asOf) };
    const newest = known.newestSheet;
    const date =
      wanted === 'latest' ? lastPublishedDay(newest, view.now) : (wanted ?? moscowDate(view.now));
    refuseLater(date, 'date', known, view);
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

/** @throws InvalidRequestError where `date`, the value of a parameter, is a day that cannot be answered yet */
export function refuseLater(
  date: CalendarDate,
  parameter: 'date' | 'to',
  { newestSheet }: BookView,
  { asOf, now }: Viewpoint,
): void {
  // Today is always answered, and nearly every question is about it or a day before.
  if (date <= moscowDate(now)) return;
  const last = lastAnswerableDay(newestSheet, now);
  if (date <= last) return;
  const today = `it ${asOf ? 'was' : 'is'} ${moscowDate(now)} in Moscow, whose calendar counts`;
  throw InvalidRequestError.of(
    parameter,
    `${parameter} must not be later than ${last}: ${today}, and a later day may get a sheet of its own`,
  );
}
