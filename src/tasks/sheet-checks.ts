import { Injectable } from '@nestjs/common';
import { CbrError } from '../cbr/cbr.errors.js';
import { type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { Quotation } from '../common/decimal.js';
import { Reader } from '../database/reader.js';
import { heldOn, isSameQuotation, type PublishedSheet } from '../rates/model/index.js';
import { isOvertaken, newestSheetDate, publishedOn } from '../rates/storage/index.js';

/** Stored sheet as the bank last published it, without manual edits. */
interface KnownSheet {
  effective_date: CalendarDate;
  /** By the bank's ID. */
  quotations: ReadonlyMap<string, Quotation>;
}

/** Detects outdated answers by comparing a sheet with the stored ones. */
@Injectable()
export class SheetChecks {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  newestDate(upTo: CalendarDate): Promise<CalendarDate | null> {
    return newestSheetDate(this.reader, upTo);
  }

  /** Newest stored sheet, up to `day` if given. */
  async newest(upTo?: CalendarDate): Promise<KnownSheet | undefined> {
    const date = await newestSheetDate(this.reader, upTo);
    return date === null ? undefined : this.stored(date);
  }

  /**
   * Called if the newest sheet was requested and the answer is older than the newest known before the request. With
   * other figures than the stored ones it is a correction; for a day without stored figures it is new while the
   * later sheet is not yet in force. Otherwise the answer is outdated.
   *
   * @throws CbrError `cbr.stale_sheet`
   */
  async rejectStale(sheet: PublishedSheet, known: KnownSheet | undefined): Promise<void> {
    const { effective_date, fixings } = sheet;
    if (!known || effective_date >= known.effective_date) return;
    const { quotations } = await this.stored(effective_date);
    const isCorrection = fixings.some((fixing) => !isSame(fixing, quotations.get(fixing.cbr_id)));
    if (isCorrection) return;
    const today = moscowDate(this.clock.now());
    if (quotations.size === 0 && !(await isOvertaken(this.reader, effective_date, today))) return;
    const message = `The bank sends the sheet of ${effective_date} as its newest, but has published that of ${known.effective_date}`;
    throw new CbrError('stale_sheet', message);
  }

  private async stored(date: CalendarDate): Promise<KnownSheet> {
    const quotations = new Map<string, Quotation>(await publishedOn(this.reader, date));
    for (const held of await heldOn(this.reader, date)) quotations.set(held.cbr_id, held);
    return { effective_date: date, quotations };
  }
}

/** A figure that was never stored does not count as different. */
function isSame(one: Quotation, stored: Quotation | undefined): boolean {
  return stored === undefined || isSameQuotation(stored, one);
}
