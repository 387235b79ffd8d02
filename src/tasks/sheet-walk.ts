import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { addDays, type CalendarDate, daysBetween } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import type { Checkpoint } from '../rates/storage/index.js';
import { longestInForce, type PublishedSheet } from '../rates/model/index.js';
import { type RecordedHistory, PastSheetRecorder } from '../rates/recording/index.js';

/** Failed days in a row after which the problem is not a single document. */
const MOST_FAILURES_IN_A_ROW = 5;

/** Callbacks of a walk. */
export interface Walk {
  /** Day to request instead of `day`: an earlier one if there is known to be no sheet between them. */
  dayToAsk: (day: CalendarDate) => CalendarDate;
  /** Runs in the unit of work that records a sheet; `next` is the following day to request. */
  checkpoint: (next: CalendarDate) => Checkpoint;
  /** Called after every recorded sheet; `next` as above. */
  onSheet: (recorded: RecordedHistory, sheet: PublishedSheet, next: CalendarDate) => void;
  /** Called for a day whose sheet could not be fetched. */
  onFailure: (day: CalendarDate, failure: CbrError) => void;
  stop: AbortSignal;
}

/**
 * Loads the sheets of a range from its last day to its first. For each day the bank returns the sheet in force on
 * it, so one request for each sheet finds them all and shows which days have none.
 */
@Injectable()
export class SheetWalk {
  constructor(
    private readonly cbr: CbrClient,
    private readonly recorder: PastSheetRecorder,
  ) {}

  /**
   * Also records the sheet in force on the first day, which may be older.
   *
   * @throws CbrError on transient or repeated failures; the walk has then progressed to `next`
   */
  async load({ from, to }: DateRange, walk: Walk): Promise<void> {
    let failures = 0;
    for (let day = walk.dayToAsk(to); day >= from;) {
      let next = addDays(day, -1);
      try {
        const sheet = await this.ask(day, walk.stop);
        next = addDays(sheet.effective_date, -1);
        const recorded = await this.recorder.record(sheet, walk.checkpoint(next));
        walk.onSheet(recorded, sheet, next);
        failures = 0;
      } catch (thrown) {
        // Only this day's document is bad: other days may be fine.
        const isOfOneDay = thrown instanceof CbrError && thrown.isBadAnswer;
        if (!isOfOneDay || walk.stop.aborted) throw thrown;
        // The bank's first sheet may be later than the range.
        if (thrown.isRefusal && (await this.isRefused(from, walk.stop))) return;
        if (++failures === MOST_FAILURES_IN_A_ROW) throw thrown;
        walk.onFailure(day, thrown);
      }
      day = next < from ? next : walk.dayToAsk(next);
      // better-sqlite3 is synchronous: yields to the event loop.
      await yieldToOthers();
    }
  }

  /**
   * An answer older than any sheet can be in force may come from a faulty cache: it is accepted if the bank returns
   * the same for a day between.
   */
  private async ask(day: CalendarDate, stop: AbortSignal): Promise<PublishedSheet> {
    const sheet = await this.cbr.dailySheet(day, { stop, isForced: false });
    const { effective_date } = sheet;
    if (day <= longestInForce(effective_date)) return sheet;
    const between = addDays(effective_date, Math.ceil(daysBetween(effective_date, day) / 2));
    const other = await this.cbr.dailySheet(between, { stop, isForced: false });
    const in_force_to = longestInForce(effective_date);
    if (other.effective_date === effective_date) return { ...sheet, in_force_to };
    const message = `Asked for ${day} the bank sends the sheet of ${effective_date}, but has published that of ${other.effective_date}`;
    throw new CbrError('implausible_date', message);
  }

  private async isRefused(day: CalendarDate, stop: AbortSignal): Promise<boolean> {
    try {
      await this.cbr.dailySheet(day, { stop, isForced: false });
      return false;
    } catch (thrown) {
      if (thrown instanceof CbrError && thrown.isRefusal) return true;
      throw thrown;
    }
  }
}
