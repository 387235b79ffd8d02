import { Injectable } from '@nestjs/common';
import type { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  StoredCoverage,
  forgetMissingSheets,
  MissingSheets,
  noteMissingSheet,
} from '../rates/storage/index.js';
import type { MissingSheetEntity } from '../rates/model/index.js';
import { type DaysToAsk, daysToAsk, type KnownDays, nextTryAt } from './days-to-ask.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/** How many missing days a remark names. */
const MOST_NAMED = 3;

/** What is covered and missing today. */
interface KnownNow extends Pick<KnownDays, 'covered'> {
  missing: MissingSheetEntity[];
  /** In Moscow. */
  today: CalendarDate;
}

/** Keeps the days whose sheet could not be had, and when each is to be asked for again. */
@Injectable()
export class MissingDays {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly coverage: StoredCoverage,
    private readonly sheets: MissingSheets,
    private readonly checks: SheetChecks,
    private readonly clock: Clock,
  ) {}

  async known(): Promise<KnownNow> {
    const { sheets: covered } = await this.coverage.read();
    return { covered, missing: await this.sheets.all(), today: moscowDate(this.clock.now()) };
  }

  /** The days before `end` to ask about. */
  async before(end: CalendarDate, { options }: Recording): Promise<DaysToAsk> {
    const now = this.clock.now();
    const newest = await this.checks.newestDate(end);
    const time = { now, today: moscowDate(now), isForced: options.isForced };
    return daysToAsk(end, { ...(await this.known()), newest }, time);
  }

  /** Today, unless the bank was asked about it already, or is to be asked later. */
  async todayToAsk(recording: Recording): Promise<CalendarDate | undefined> {
    const today = moscowDate(this.clock.now());
    const { untried, again } = await this.before(addDays(today, 1), recording);
    return [...untried, ...again].find((day) => day === today);
  }

  /** To be asked for again, at a slower pace. */
  note(day: CalendarDate, failure: CbrError, { checkpoint }: Recording): Promise<void> {
    const tried_at = this.clock.now();
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const nextTryAfter = (tries: number) => nextTryAt(tried_at, tries, failure.isPassing);
      await noteMissingSheet(unit, { date: day, failure, tried_at, nextTryAfter });
    });
  }

  /** The bank has answered, and has nothing better: a person may load the day from its history. */
  giveUp(day: CalendarDate, failure: CbrError, { checkpoint }: Recording): Promise<void> {
    const tried_at = this.clock.now();
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await noteMissingSheet(unit, { date: day, failure, tried_at, nextTryAfter: () => null });
    });
  }

  /** The newest sheet is known: no later day has one that could be missing. */
  async settleAfter(newest: CalendarDate, { checkpoint }: Recording): Promise<void> {
    const later = (await this.sheets.all()).filter(({ date }) => date > newest);
    const [first, last] = [later[0], later.at(-1)];
    if (!first || !last) return;
    await this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await forgetMissingSheets(unit, { from: first.date, to: last.date });
    });
  }

  /** What is missing, for the message of a run; undefined where nothing is. */
  async remark(): Promise<string | undefined> {
    const all = await this.sheets.all();
    if (all.length === 0) return undefined;
    const named = all.slice(-MOST_NAMED).map(({ date, code }) => `${date} (${code})`);
    const others = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} earlier days` : '';
    return `no sheet of ${named.join(', ')}${others}`;
  }
}
