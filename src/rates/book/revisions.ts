import type { CalendarDate } from '../../common/calendar-date.js';
import { dateOfDay } from '../../common/day-number.js';
import type { DecimalText } from '../../common/decimal.js';
import type { RateSource } from '../../events/rate-event.js';
import { unpackDecimal } from './packed-decimal.js';
import type { RateBook } from './rate-book.js';
import { noteOf, type RevisionNote } from './revision-note.js';
import type { VersionColumns } from './version-columns.js';

/** Replaced or deleted version, as in RateRevisionEntity. */
export interface RevisionLine extends RevisionNote {
  id: number;
  rate_id: number;
  name: string;
  nominal: number;
  value: DecimalText;
  effective_date: CalendarDate;
  source: RateSource;
  recorded_at: string;
  superseded_at: string;
  document_id: number | null;
}

/** Place of a revision in the book. */
interface Place {
  id: number;
  versions: VersionColumns;
  row: number;
  source: RateSource;
  note: RevisionNote;
}

/** The revisions of a code in the order in which they were made. Each is read when it is asked for. */
export class Revisions {
  private constructor(
    private readonly book: RateBook,
    private readonly places: readonly Place[],
  ) {}

  /** A currency may have had another code, so every official version is looked at: some milliseconds for a million. */
  static of(book: RateBook, code: string): Revisions {
    const places: Place[] = [];
    const notes = notesOf(book, code);
    const look = (versions: VersionColumns, source: RateSource) => {
      const { revision, note: notesOfRows } = versions.columns;
      for (let row = 0; versions.hasRevisions && row < versions.length; row++) {
        const id = revision[row] ?? 0;
        const note = id > 0 ? notes.get(notesOfRows[row] ?? 0) : undefined;
        if (note) places.push({ id, versions, row, source, note });
      }
    };
    const { official, manual } = book.parts;
    if (notes.size > 0) for (const versions of official.values()) look(versions, 'cbr');
    const own = manual.get(code);
    if (own) look(own, 'manual');
    return new Revisions(
      book,
      places.sort((one, other) => one.id - other.id),
    );
  }

  get count(): number {
    return this.places.length;
  }

  /** Those made after the revision `id`. */
  after(id: number): Revisions {
    return new Revisions(
      this.book,
      this.places.filter((place) => place.id > id),
    );
  }

  slice(from: number, to: number): RevisionLine[] {
    return this.places.slice(from, to).map((place) => this.line(place));
  }

  private line({ id, versions: { columns }, row, source, note }: Place): RevisionLine {
    const { instants, names } = this.book.shared;
    const { [row]: document = 0 } = columns.document;
    return {
      ...{ id, rate_id: columns.id[row] ?? 0, name: names.valueOf(columns.name[row] ?? 0), source },
      ...note,
      nominal: columns.nominal[row] ?? 0,
      value: unpackDecimal(columns.digits[row] ?? 0, columns.places[row] ?? 0),
      effective_date: dateOfDay(columns.day[row] ?? 0),
      recorded_at: instants.valueOf(columns.recorded[row] ?? 0),
      superseded_at: instants.valueOf(columns.ended[row] ?? 0),
      document_id: document === 0 ? null : document,
    };
  }
}

/** Notes with a code, by number. */
function notesOf({ shared: { notes } }: RateBook, code: string): Map<number, RevisionNote> {
  const found = new Map<number, RevisionNote>();
  for (let number = 0; number < notes.size; number++) {
    const note = noteOf(notes.valueOf(number));
    if (note.code === code) found.set(number, note);
  }
  return found;
}
