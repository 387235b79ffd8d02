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
}

/** Value of `ended` for a current version. */
export const NEVER = 0xff_ff_ff_ff;

const ROW_BYTES = 45;

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

  constructor(readonly capacity: number) {
    // One buffer for all columns: eleven buffers take longer to allocate and to collect. The widest columns come
    // first, for alignment.
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

  /** Arena for `rows` with spare capacity. */
  static roomFor(rows: number): ColumnArena {
    return new ColumnArena(Math.ceil(rows * SPARE) + 8);
  }

  /** Appends the rows `from` to `to` (exclusive) of other columns. */
  copy(source: Columns, from: number, to: number): void {
    if (to <= from) return;
    for (const name of NAMES) {
      const target = this.columns[name] as Uint32Array;
      target.set((source[name] as Uint32Array).subarray(from, to), this.used);
    }
    this.used += to - from;
  }

  /** Appends rows of other columns in the order of `places`. */
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
