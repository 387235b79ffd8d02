import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import {
  addDays,
  type CalendarDate,
  earlier,
  later,
  toCalendarDate,
} from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { DateRange } from '../common/date-range.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Checkpoint } from '../rates/storage/index.js';
import { isResumable } from './backfill-plan.js';
import { SheetBackfillEntity } from './sheet-backfill.entity.js';

/** Days within one year, requested from last to first. */
export interface SheetYear extends DateRange {
  /** Next day to request; before `from` when complete. */
  next: CalendarDate;
}

/** Progress of a load of daily sheets, stored in the units of work that record the sheets. */
@Injectable()
export class SheetProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The years of a range, newest first, with the progress of an interrupted run of the same range. */
  begin(range: DateRange, checkpoint: Checkpoint): Promise<SheetYear[]> {
    return this.unitOfWork.runWithoutVersionBump(async (unit) => {
      await checkpoint(unit);
      const request = `${range.from} ${range.to}`;
      const now = this.clock.now();
      const marks = await unit.select(SheetBackfillEntity, 'mark').getMany();
      const isOurs = marks.some(
        (mark) => mark.request === request && isResumable({ finished_at: mark.touched_at }, now),
      );
      const next = new Map(isOurs ? marks.map((mark) => [mark.from_date, mark.next_date]) : []);
      const years = yearsOf(range).map(({ from, to }) => ({
        from,
        to,
        next: next.get(from) ?? to,
      }));
      if (isOurs) return years;
      if (marks.length > 0) {
        const days = marks.map(({ from_date }) => from_date);
        await unit.delete(SheetBackfillEntity, { from_date: In(days) });
      }
      const rows = years.map(({ from, to }) => ({
        ...{ from_date: from, next_date: to, request, touched_at: now },
      }));
      await unit.insert(SheetBackfillEntity, rows);
      return years;
    });
  }

  /** Stores the next day to request, in the unit of work that records a sheet. */
  checkpoint({ from }: SheetYear, next_date: CalendarDate, checkpoint: Checkpoint): Checkpoint {
    return async (unit) => {
      await checkpoint(unit);
      const changes = { next_date, touched_at: this.clock.now() };
      await unit.updateWithoutVersionBump(SheetBackfillEntity, { from_date: from }, changes);
    };
  }

  /** Marks the request as complete: the next run of it starts over. */
  async end(years: readonly SheetYear[], checkpoint: Checkpoint): Promise<void> {
    await this.unitOfWork.runWithoutVersionBump(async (unit) => {
      await checkpoint(unit);
      const days = years.map(({ from }) => from);
      await unit.delete(SheetBackfillEntity, { from_date: In(days) });
    });
  }
}

function yearsOf({ from, to }: DateRange): DateRange[] {
  const years: DateRange[] = [];
  for (let last = to; last >= from;) {
    const year = last.slice(0, 4);
    const first = later(from, toCalendarDate(`${year}-01-01`));
    years.push({ from: first, to: earlier(to, last) });
    last = addDays(first, -1);
  }
  return years;
}
