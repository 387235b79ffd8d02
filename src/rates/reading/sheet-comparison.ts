import { Injectable } from '@nestjs/common';
import { addDays } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { isSameNumber, type Quotation } from '../../common/decimal.js';
import { type BookView, RateBooks, viewOf } from '../book/index.js';
import type { DailySheet, StoredVersion } from '../model/index.js';
import { rhythmBesideSheets } from './sheet-membership.js';

/** Compares sheets of another server with the bank's fixings that are stored. */
@Injectable()
export class SheetComparison {
  constructor(private readonly books: RateBooks) {}

  /** From the first stored fixing to the newest sheet; null if nothing is stored. @throws BookNotLoadedError */
  get days(): DateRange | null {
    const { currencies, official, newestSheet: to } = viewOf(this.books.current);
    const first = currencies.all.flatMap(({ cbr_id }) => official.edges(cbr_id).first ?? []);
    const [from] = first.sort();
    return from === undefined || to === null ? null : { from, to };
  }

  /**
   * Describes every difference, one a line: sheets that are stored after the other server's, and the fixings of its
   * sheet.
   *
   * @param sheet the one that the other server has in force on the last day of the range, if it has one
   * @throws BookNotLoadedError
   */
  differences(sheet: DailySheet | undefined, { from, to }: DateRange): string[] {
    const known = viewOf(this.books.current);
    // The sheet in force on the first day may be of an earlier one, which is not compared.
    const compared = sheet && sheet.effective_date >= from ? sheet : undefined;
    const later = { from: compared ? addDays(compared.effective_date, 1) : from, to };
    const sheets = later.from > to ? [] : known.sheets.within(later);
    return [
      ...sheets.map((each) => `${each}: the sheet is stored, and not there`),
      ...(compared ? ofFixings(compared, known) : []),
    ];
  }
}

function ofFixings({ effective_date: date, fixings }: DailySheet, known: BookView): string[] {
  const { coverage, official } = known;
  const days = { from: date, to: date };
  const stored = new Map<string, StoredVersion>();
  for (const fixing of official.within(days, undefined)) {
    const id = fixing.cbr_id ?? '';
    if (rhythmBesideSheets(id, date, known) !== 'monthly') stored.set(id, fixing);
  }
  const lines: string[] = [];
  let notLoaded = 0;
  for (const theirs of fixings) {
    const ours = stored.get(theirs.cbr_id);
    stored.delete(theirs.cbr_id);
    const name = `${date} ${theirs.code} (${theirs.cbr_id})`;
    if (ours && !isSame(ours, theirs)) {
      lines.push(`${name}: stored ${shown(ours)}, there ${shown(theirs)}`);
    } else if (!ours && coverage.isWhole(theirs.cbr_id, days)) {
      const isHeld = known.held.codesWithin(days, [theirs.code]).length > 0;
      lines.push(`${name}: ${isHeld ? 'quarantined' : 'not stored'}, there ${shown(theirs)}`);
    } else if (!ours) {
      notLoaded += 1;
    }
  }
  if (notLoaded > 0) lines.push(`${date}: ${notLoaded} of ${fixings.length} rates are not loaded`);
  for (const ours of stored.values()) {
    lines.push(`${date} ${ours.code} (${ours.cbr_id}): stored ${shown(ours)}, not there`);
  }
  return lines;
}

function isSame(one: Quotation, other: Quotation): boolean {
  return one.nominal === other.nominal && isSameNumber(one.value, other.value);
}

function shown({ nominal, value }: Quotation): string {
  return `${value} for ${nominal}`;
}
