import type { Slices } from '../../database/slices.js';

/** Columns of versions as typed arrays, by name. */
export interface Columns {
  /** Days since 1970. */
  day: Int32Array;
  digits: Float64Array;
  places: Uint8Array;
  nominal: Uint32Array;
  id: Uint32Array;
  /** Interned name. */
  name: Uint32Array;
  /** Interned bank ID; 0 for none. */
  bank: Uint32Array;
  /** Interned instant. */
  recorded: Uint32Array;
  created: Uint32Array;
  /** Interned instant of replacement or deletion; NEVER for a current version. */
  ended: Uint32Array;
  /** Id of the bank's document; 0 for none. */
  document: Uint32Array;
  /** Id of the revision; 0 for a current version. Without rows if there is none, as in most histories. */
  revision: Uint32Array;
  /** Interned note of the revision; the same holds. */
  note: Uint32Array;
}

/** Value of `ended` for a current version. */
export const NEVER = 0xff_ff_ff_ff;

const ROW_BYTES = 45;
/** The columns of revisions. */
const REVISION_BYTES = 8;
const NO_ROWS = new Uint32Array(0);

/** Spare capacity, so that rows of coming days are appended in place. */
const SPARE = 1.125;

/**
 * Columns with spare capacity. Written rows never change, so views of different lengths share an arena; only the
 * longest view may append in place.
 */
export class ColumnArena {
  readonly columns: Columns;
  readonly bytes: number;
  /** Number of rows written. */
  used = 0;

  constructor(
    readonly capacity: number,
    readonly hasRevisions: boolean,
  ) {
    // One buffer for all columns: many buffers take longer to allocate and to collect. The widest columns come
    // first, for alignment.
    const buffer = new ArrayBuffer(capacity * (ROW_BYTES + (hasRevisions ? REVISION_BYTES : 0)));
    let offset = 8 * capacity;
    const next = () => {
      const column = new Uint32Array(buffer, offset, capacity);
      offset += column.byteLength;
      return column;
    };
    this.columns = {
      digits: new Float64Array(buffer, 0, capacity),
      nominal: next(),
      id: next(),
      name: next(),
      bank: next(),
      recorded: next(),
      created: next(),
      ended: next(),
      document: next(),
      revision: hasRevisions ? next() : NO_ROWS,
      note: hasRevisions ? next() : NO_ROWS,
      day: new Int32Array(buffer, offset, capacity),
      places: new Uint8Array(buffer, offset + 4 * capacity, capacity),
    };
    this.bytes = buffer.byteLength;
  }

  /** Arena for `rows` with spare capacity. */
  static roomFor(rows: number, hasRevisions: boolean): ColumnArena {
    return new ColumnArena(Math.ceil(rows * SPARE) + 8, hasRevisions);
  }

  /** Appends the rows `from` to `to` (exclusive) of other columns. */
  copy(source: Columns, from: number, to: number): void {
    if (to <= from) return;
    for (const name of this.names) {
      const target = this.columns[name] as Uint32Array;
      const rows = (source[name] as Uint32Array).subarray(from, to);
      if (rows.length > 0) target.set(rows, this.used);
      // A source without revisions has no rows of their columns.
      else target.fill(0, this.used, this.used + to - from);
    }
    this.used += to - from;
  }

  /** The same in slices. */
  async copyMany(source: Columns, from: number, to: number, slices: Slices): Promise<void> {
    for (let start = from; start < to; start += COPIED_ROWS) {
      this.copy(source, start, Math.min(start + COPIED_ROWS, to));
      await slices.turn();
    }
  }

  /** Appends rows of other columns in the order of `places`. */
  gather(source: Columns, places: Uint32Array): void {
    for (const name of this.names) {
      const [from, to] = [source[name], this.columns[name]];
      for (let index = 0; index < places.length; index++) {
        to[this.used + index] = from[places[index] ?? 0] ?? 0;
      }
    }
    this.used += places.length;
  }

  private get names(): readonly (keyof Columns)[] {
    return this.hasRevisions ? NAMES : NAMES_WITHOUT_REVISIONS;
  }

  /** Appends one row. */
  write(row: Record<keyof Columns, number>): void {
    const { columns, used } = this;
    // Without a loop, which takes five times as long.
    columns.day[used] = row.day;
    columns.digits[used] = row.digits;
    columns.places[used] = row.places;
    columns.nominal[used] = row.nominal;
    columns.id[used] = row.id;
    columns.name[used] = row.name;
    columns.bank[used] = row.bank;
    columns.recorded[used] = row.recorded;
    columns.created[used] = row.created;
    columns.ended[used] = row.ended;
    columns.document[used] = row.document;
    if (this.hasRevisions) {
      columns.revision[used] = row.revision;
      columns.note[used] = row.note;
    }
    this.used = used + 1;
  }
}

/** Rows copied between two looks at the clock, less than a millisecond. */
const COPIED_ROWS = 8_192;

const NAMES_WITHOUT_REVISIONS = [
  'day',
  'digits',
  'places',
  'nominal',
  'id',
  'name',
  'bank',
  'recorded',
  'created',
  'ended',
  'document',
] as const satisfies (keyof Columns)[];
const NAMES = [...NAMES_WITHOUT_REVISIONS, 'revision', 'note'] as const;
