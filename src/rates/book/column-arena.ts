/** The columns of versions, by name: what is many is kept in typed arrays. */
export interface Columns {
  /** Days since 1970. */
  day: Int32Array;
  digits: Float64Array;
  places: Uint8Array;
  nominal: Uint32Array;
  id: Uint32Array;
  /** Of the interned names. */
  name: Uint32Array;
  /** Of the interned bank IDs; 0 for none. */
  bank: Uint32Array;
  /** Of the interned instants. */
  recorded: Uint32Array;
  created: Uint32Array;
  /** When it was replaced or deleted, of the interned instants; NEVER while it stands. */
  ended: Uint32Array;
  /** The ID of the bank's document that it was read from; 0 for none. */
  document: Uint32Array;
}

/** In `ended`: the version stands. */
export const NEVER = 0xff_ff_ff_ff;

const ROW_BYTES = 45;

/** How much room is added beside what is needed, so that the rows of coming days are appended in place. */
const SPARE = 1.125;

/**
 * Columns with room at their end. Rows that are there never change, so views of different lengths share
 * an arena; only the longest view may append in place.
 */
export class ColumnArena {
  readonly columns: Columns;
  readonly bytes: number;
  /** Rows written so far. */
  used = 0;

  constructor(readonly capacity: number) {
    // One buffer for all columns: eleven take longer to allocate, and to collect. The widest stand first.
    const buffer = new ArrayBuffer(capacity * ROW_BYTES);
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
      day: new Int32Array(buffer, offset, capacity),
      places: new Uint8Array(buffer, offset + 4 * capacity, capacity),
    };
    this.bytes = buffer.byteLength;
  }

  /** With room for `rows`, and some more. */
  static roomFor(rows: number): ColumnArena {
    return new ColumnArena(Math.ceil(rows * SPARE) + 8);
  }

  /** Appends the rows `from` … `to` (excluded) of other columns. */
  copy(source: Columns, from: number, to: number): void {
    if (to <= from) return;
    for (const name of NAMES) {
      const target = this.columns[name] as Uint32Array;
      target.set((source[name] as Uint32Array).subarray(from, to), this.used);
    }
    this.used += to - from;
  }

  /** Appends the rows of other columns in the order of `places`. */
  gather(source: Columns, places: Uint32Array): void {
    for (const name of NAMES) {
      const [from, to] = [source[name], this.columns[name]];
      for (let index = 0; index < places.length; index++) {
        to[this.used + index] = from[places[index] ?? 0] ?? 0;
      }
    }
    this.used += places.length;
  }

  /** Appends one row. */
  write(row: Record<keyof Columns, number>): void {
    const { columns, used } = this;
    // Field by field: a loop over their names takes five times as long.
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
    this.used = used + 1;
  }
}

const NAMES = [
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
