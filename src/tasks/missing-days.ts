import { Injectable } from '@nestjs/common';
import type { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  StoredCoverage,
  deleteMissingSheets,
  MissingSheets,
  noteMissingSheet,
} from '../rates/storage/index.js';
import type { MissingSheetEntity } from '../rates/model/index.js';
import { type DaysToAsk, daysToAsk, type KnownDays, nextTryAt } from './days-to-ask.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/** Most days that a remark names. */
const MOST_NAMED = 3;

/** Coverage and missing days at one instant. */
interface KnownNow extends Pick<KnownDays, 'covered'> {
  missing: MissingSheetEntity[];
  /** In Moscow. */
  today: CalendarDate;
}

/** Stores the days whose sheet could not be fetched, with the time of the next attempt. */
@Injectable()
export class MissingDays {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly coverage: StoredCoverage,
    private readonly sheets: MissingSheets,
    private readonly checks: SheetChecks,
    private readonly clock: Clock,
  ) {}

  async sheetsKnown(): Promise<KnownNow> {
    const { sheets: covered } = await this.coverage.loadedDays();
    return { covered, missing: await this.sheets.all(), today: moscowDate(this.clock.now()) };
  }

  /** Days before `end` to request. */
  async before(end: CalendarDate, { options }: Recording): Promise<DaysToAsk> {
    const now = this.clock.now();
    const newest = await this.checks.newestDate(end);
    const time = { now, today: moscowDate(now), isForced: options.isForced };
    return daysToAsk(end, { ...(await this.sheetsKnown()), newest }, time);
  }

  /** Today, unless it was requested already or is due later. */
  async todayToAsk(recording: Recording): Promise<CalendarDate | undefined> {
    const today = moscowDate(this.clock.now());
    const { untried, again } = await this.before(addDays(today, 1), recording);
    return [...untried, ...again].find((day) => day === today);
  }

  /** Schedules the next attempt, with back-off. */
  scheduleRetry(day: CalendarDate, failure: CbrError, { checkpoint }: Recording): Promise<void> {
    const tried_at = this.clock.now();
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const nextTryAfter = (tries: number) => nextTryAt(tried_at, tries, failure.isPassing);
      await noteMissingSheet(unit, { date: day, failure, tried_at, nextTryAfter });
    });
  }

  /** The bank's answer is final; an operator may load the day from its history. */
  giveUp(day: CalendarDate, failure: CbrError, { checkpoint }: Recording): Promise<void> {
    const tried_at = this.clock.now();
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await noteMissingSheet(unit, { date: day, failure, tried_at, nextTryAfter: () => null });
    });
  }

  /** Forgets missing days after the newest sheet: they have no sheet yet. */
  async settleAfter(newest: CalendarDate, { checkpoint }: Recording): Promise<void> {
    const later = (await this.sheets.all()).filter(({ date }) => date > newest);
    const [first, last] = [later[0], later.at(-1)];
    if (!first || !last) return;
    await this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await deleteMissingSheets(unit, { from: first.date, to: last.date });
    });
  }

  /** Remark about missing days; undefined if there are none. */
  async remark(): Promise<string | undefined> {
    const all = await this.sheets.all();
    if (all.length === 0) return undefined;
    const named = all.slice(-MOST_NAMED).map(({ date, code }) => `${date} (${code})`);
    const others = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} earlier days` : '';
    return `no sheet of ${named.join(', ')}${others}`;
  }
}
