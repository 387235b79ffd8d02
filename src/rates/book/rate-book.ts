import type { BookParts } from './book-parts.js';
import { bytesBesideColumns } from './held-bytes.js';
import { SheetDates } from './sheet-dates.js';
import type { SharedValues } from './version-lines.js';

/** State of the database that a book represents. */
export interface BookPosition {
  logId: string;
  dataVersion: number;
  /** Mark of that version, as in ChangeEntity. */
  mark: string | null;
  /** Newest committed event. */
  seq: number;
}

/**
 * All data for reads of rates as of one commit: official and manual rates, replaced ones included, currencies, coverage, held
 * fixings and sheets. Immutable: a later commit is a new book, which shares unchanged parts.
 */
export class RateBook {
  private dates: SheetDates | undefined;

  constructor(
    readonly position: BookPosition,
    readonly parts: BookParts,
    readonly shared: SharedValues,
  ) {}

  /** The book at another position, with some parts replaced. */
  with(position: BookPosition, changed: Partial<BookParts>): RateBook {
    const next = new RateBook(position, { ...this.parts, ...changed }, this.shared);
    if (SheetDates.areSame(this.parts, next.parts)) next.dates = this.dates;
    return next;
  }

  /** Days with a sheet, withdrawn ones included, and since when each is known. */
  get sheetDates(): SheetDates {
    this.dates ??= SheetDates.of(this.parts, this.shared);
    return this.dates;
  }

  /** Number of versions, and bytes of the whole book. */
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
