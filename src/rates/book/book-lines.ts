import type { CalendarDate } from '../../common/calendar-date.js';
import { ALL_DAYS, type DateRange, rangeAround } from '../../common/date-range.js';
import type { Parameter, RowSource } from '../../database/row-source.js';
import { CurrencyList } from '../model/index.js';
import type { BookLines } from './book-parts.js';
import type { Slices } from '../../database/slices.js';
import { sortedPlaces, STEPS } from './sorted-places.js';

export type LinePart = keyof BookLines;
type LineOf<Part extends LinePart> = BookLines[Part][number];

/** Mapping of a part to its table, and the order of its lines in the book. */
interface Table<Part extends LinePart> {
  /** SQL after FROM. */
  from: string;
  /** SQL expression of each field. */
  fields: Readonly<Record<keyof LineOf<Part>, string>>;
  /** Primary key. */
  key: keyof LineOf<Part> & ('id' | 'date');
  /** Field with the day by which changes are recorded. */
  day: keyof LineOf<Part>;
  order: readonly (keyof LineOf<Part>)[];
}

const PERIOD = {
  id: 'id',
  cbr_id: 'cbr_id',
  from_date: 'from_date',
  to_date: 'to_date',
  recorded_at: 'recorded_at',
};

const TABLES: { readonly [Part in LinePart]: Table<Part> } = {
  coverage: { from: 'coverage', fields: PERIOD, key: 'id', day: 'from_date', order: ['id'] },
  setting: {
    from: 'setting_periods',
    fields: { ...PERIOD, rhythm: 'rhythm' },
    key: 'id',
    day: 'from_date',
    order: ['id'],
  },
  held: {
    from: 'quarantine',
    fields: {
      id: 'id',
      kind: 'kind',
      sheet_item_id: 'sheet_item_id',
      effective_date: 'effective_date',
      cbr_id: 'cbr_id',
      code: 'code',
      name: 'name',
      nominal: 'nominal',
      value: 'value',
      previous_value: 'previous_value',
      previous_nominal: 'previous_nominal',
      previous_date: 'previous_date',
      state: 'state',
      held_at: 'held_at',
      decided_at: 'decided_at',
      decided_by: 'decided_by',
    },
    key: 'id',
    day: 'effective_date',
    order: ['effective_date', 'id'],
  },
  documents: {
    from: 'documents',
    fields: {
      id: 'id',
      kind: 'kind',
      cbr_id: 'cbr_id',
      date: 'date',
      to_date: 'to_date',
      fetched_at: 'fetched_at',
      sha256: 'sha256',
      is_built: 'is_built',
    },
    key: 'id',
    day: 'date',
    order: ['date', 'id'],
  },
  sheetDays: {
    from: 'sheet_days',
    fields: { date: 'date', known_since: 'recorded_at' },
    key: 'date',
    day: 'date',
    order: ['date'],
  },
  withdrawn: {
    from: 'withdrawn_sheets',
    fields: {
      id: 'id',
      date: 'date',
      cause: 'cause',
      reason: 'reason',
      withdrawn_by: 'withdrawn_by',
      withdrawn_at: 'withdrawn_at',
      restored_at: 'restored_at',
    },
    key: 'id',
    day: 'date',
    order: ['id'],
  },
  missing: {
    from: 'missing_sheets',
    fields: { date: 'date', code: 'code' },
    key: 'date',
    day: 'date',
    order: ['date'],
  },
};

export const LINE_PARTS = Object.keys(TABLES) as readonly LinePart[];

/** Loads all lines in the order of the book. */
export async function loadLines<Part extends LinePart>(
  part: Part,
  rows: RowSource,
  slices: Slices,
): Promise<readonly LineOf<Part>[]> {
  return readLines(part, ALL_DAYS, { rows, slices });
}

/** Where lines are read from. */
interface Source {
  rows: RowSource;
  slices: Slices;
}

/** Reads the lines of a range of days in the order of the book. */
async function readLines<Part extends LinePart>(
  part: Part,
  { from, to }: DateRange,
  { rows, slices }: Source,
): Promise<LineOf<Part>[]> {
  const { day, fields, from: table, key, order } = TABLES[part];
  const names = Object.keys(fields) as (keyof LineOf<Part>)[];
  const columns = names.map((name) => `${fields[name]} AS ${String(name)}`);
  const sql = `SELECT ${columns.join(', ')} FROM ${table}
    WHERE (${fields[day]}, ${key}) > ($1, $2) AND ${fields[day]} <= $3
    ORDER BY ${fields[day]}, ${key} LIMIT $4`;
  const [dayPlace, keyPlace] = [names.indexOf(day), names.indexOf(key)];
  const pages = slices.pages<Parameter[][]>(
    sql,
    (most, last) => {
      const line = last?.at(-1);
      const beforeFirst = key === 'id' ? 0 : '';
      const after = [line?.[dayPlace] ?? from, line?.[keyPlace] ?? beforeFirst];
      return rows.cells(sql, [...after, to, most]);
    },
    ({ length }) => length,
  );
  const texts = new Map<unknown, unknown>();
  const lines: LineOf<Part>[] = [];
  for await (const page of pages) {
    for (const cells of page) {
      const line: Partial<Record<keyof LineOf<Part>, unknown>> = {};
      for (const [place, name] of names.entries()) line[name] = shared(cells[place], texts);
      lines.push(line as LineOf<Part>);
    }
  }
  return sorted(lines, order, slices);
}

async function sorted<Line>(
  lines: Line[],
  order: readonly (keyof Line)[],
  slices: Slices,
): Promise<Line[]> {
  const at = (place: number) => lines[place] as Line;
  const compare = (one: number, other: number) => inOrder(at(one), at(other), order);
  const places = await sortedPlaces(lines.length, compare, slices);
  return places ? Array.from(places, at) : lines;
}

/** Interns equal texts: names, codes and instants are few. */
function shared(value: unknown, texts: Map<unknown, unknown>): unknown {
  if (typeof value !== 'string') return value;
  const known = texts.get(value);
  if (known !== undefined) return known;
  texts.set(value, value);
  return value;
}

/** Replaces the lines of ranges of days, which are in order. */
export async function readAgain<Part extends LinePart>(
  part: Part,
  known: readonly LineOf<Part>[],
  { ranges, ...source }: Source & { ranges: readonly DateRange[] },
): Promise<readonly LineOf<Part>[]> {
  const { day, order } = TABLES[part];
  const { slices } = source;
  const lines: LineOf<Part>[] = [];
  for (const [place, line] of known.entries()) {
    if (!rangeAround(ranges, line[day] as CalendarDate)) lines.push(line);
    if (place % STEPS === 0) await slices.turn();
  }
  for (const range of ranges) {
    for (const line of await readLines(part, range, source)) lines.push(line);
  }
  return sorted(lines, order, slices);
}

function inOrder<Line>(one: Line, other: Line, order: readonly (keyof Line)[]): number {
  for (const name of order) {
    if (one[name] < other[name]) return -1;
    if (one[name] > other[name]) return 1;
  }
  return 0;
}

const CURRENCIES = 'SELECT cbr_id, code, name, name_en, num_code FROM currencies ORDER BY cbr_id';

type CurrencyCells = readonly [
  cbr_id: string,
  code: string,
  name: string,
  name_en: string | null,
  num_code: string | null,
];

export async function readCurrencies(rows: RowSource): Promise<CurrencyList> {
  const all = await rows.cells<CurrencyCells>(CURRENCIES);
  return new CurrencyList(
    all.map(([cbr_id, code, name, name_en, num_code]) => ({
      ...{ cbr_id, code, name, name_en, num_code },
    })),
  );
}
