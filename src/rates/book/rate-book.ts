import type { BookParts } from './book-parts.js';
import { bytesBesideColumns } from './held-bytes.js';
import { SheetDates } from './sheet-dates.js';
import type { SharedValues } from './version-rows.js';

/** The state of the database that a book shows. */
export interface BookPosition {
  logId: string;
  dataVersion: number;
  /** Of that version; as in ChangeEntity. */
  mark: string | null;
  /** The newest event that is committed. */
  seq: number;
}

/**
 * Everything that reads of rates need, as of one commit: the bank's figures and people's, the versions
 * that were superseded, currencies, coverage, held fixings, sheets. Immutable; a newer commit is a newer
 * book, which shares what has not changed.
 */
export class RateBook {
  private dates: SheetDates | undefined;

  constructor(
    readonly position: BookPosition,
    readonly parts: BookParts,
    readonly shared: SharedValues,
  ) {}

  /** The same parts at another position, or some of them replaced. */
  with(position: BookPosition, changed: Partial<BookParts>): RateBook {
    const next = new RateBook(position, { ...this.parts, ...changed }, this.shared);
    if (SheetDates.areSame(this.parts, next.parts)) next.dates = this.dates;
    return next;
  }

  /** The days on which the bank published a sheet, withdrawn ones too, and since when each is known. */
  get sheetDates(): SheetDates {
    this.dates ??= SheetDates.of(this.parts, this.shared);
    return this.dates;
  }

  /** Versions in memory, and what the whole book takes. */
  get size(): { versions: number; bytes: number } {
    let versions = 0;
    let bytes = bytesBesideColumns(this.parts, this.shared);
    for (const part of [this.parts.official, this.parts.manual]) {
      for (const columns of part.values()) {
        versions += columns.length;
        bytes += columns.bytes;
      }
    }
    return { versions, bytes };
  }
}
