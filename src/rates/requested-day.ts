import { Injectable } from '@nestjs/common';
import { type CalendarDate, later, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { InvalidRequestError } from '../http/http.errors.js';
import { FIRST_SHEET_DATE } from './daily-sheet.js';
import { type Known, KnownFacts } from './known-facts.js';
import { SheetCalendar } from './sheet-calendar.js';

/** A day that was asked about, and how it stands to what is known. */
export interface RequestedDay {
  date: CalendarDate;
  /** Today in Moscow, which is always answered. */
  isToday: boolean;
  isBeforeFirstSheet: boolean;
  /** The newest sheet up to that day; null when none is known. */
  newestSheet: CalendarDate | null;
  /** What is known now, or was at the instant to look from. */
  known: Known;
}

/** Turns what a caller says into a day that can be answered. */
@Injectable()
export class RequestedDays {
  constructor(
    private readonly facts: KnownFacts,
    private readonly calendar: SheetCalendar,
    private readonly clock: Clock,
  ) {}

  /**
   * What is known now; with `asOf` what was known at that instant.
   *
   * @throws InvalidRequestError for an instant that is yet to come
   */
  async known(asOf: Date | undefined): Promise<Known> {
    if (asOf && asOf > this.clock.now()) {
      throw InvalidRequestError.of('as_of', 'as_of must not be in the future');
    }
    return this.facts.at(asOf);
  }

  /** Today in Moscow; with `asOf`, at that instant. */
  today(asOf: Date | undefined): CalendarDate {
    return moscowDate(asOf ?? this.clock.now());
  }

  /** The last day that can be answered: today, or the day of a sheet already published for later. */
  lastDay({ newestSheet }: Known, asOf: Date | undefined): CalendarDate {
    return later(newestSheet ?? FIRST_SHEET_DATE, this.today(asOf));
  }

  /**
   * `latest` is the last day that can be answered; no date is today.
   *
   * @throws InvalidRequestError for a day, or an instant, that nobody can know about yet
   */
  async resolve(
    wanted: CalendarDate | 'latest' | undefined,
    asOf: Date | undefined,
  ): Promise<RequestedDay> {
    const known = await this.known(asOf);
    const today = this.today(asOf);
    const newest = known.newestSheet;
    const last = later(newest ?? today, today);
    const date = wanted === 'latest' ? last : (wanted ?? today);
    if (date > last) {
      throw InvalidRequestError.of(
        'date',
        `date must not be later than ${last}: no sheet is published for ${date}`,
      );
    }
    return {
      date,
      isToday: date === today,
      isBeforeFirstSheet: date < FIRST_SHEET_DATE,
      newestSheet:
        newest !== null && newest > date ? await this.calendar.newest(date, asOf) : newest,
      known,
    };
  }
}
