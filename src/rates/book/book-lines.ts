import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CalendarDate } from '../../common/calendar-date.js';
import { type DateRange, rangeAround } from '../../common/date-range.js';
import type { Parameter, RowSource } from '../../database/row-source.js';
import { CurrencyList } from '../model/index.js';
import type { BookLines } from './book-parts.js';
import type { Turn } from './recorded-changes.js';

export type LinePart = keyof BookLines;
type LineOf<Part extends LinePart> = BookLines[Part][number];

/** Mapping of a part to its table, and the order of its lines in the book. */
interface Table<Part extends LinePart> {
  /** SQL after FROM. */
  from: string;
  /** SQL expression of each field. */
  fields: Readonly<Record<keyof LineOf<Part>, string>>;
  /** Primary key, the order of loading. */
  key: keyof LineOf<Part> & ('id' | 'date');
  /** Field with the day by which changes are recorded. */
  day: keyof LineOf<Part>;
  order: readonly (keyof LineOf<Part>)[];
  /** Rows are only ever inserted, so the new ones are those after the last known. */
  isAppended?: true;
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
  revisions: {
    from: 'rate_revisions',
    fields: {
      id: 'id',
      rate_id: 'rate_id',
      code: 'code',
      name: 'name',
      nominal: 'nominal',
      value: 'value',
      effective_date: 'effective_date',
      source: 'source',
      reason: 'reason',
      recorded_at: 'recorded_at',
      recorded_by: 'recorded_by',
      superseded_at: 'superseded_at',
      superseded_by: 'superseded_by',
      document_id: 'document_id',
    },
    key: 'id',
    day: 'effective_date',
    order: ['id'],
    isAppended: true,
  },
};

export const LINE_PARTS = Object.keys(TABLES) as readonly LinePart[];

/** Lines read between two turns of the event loop. */
const PAGE_ROWS = 1_000;

/** Loads all lines in the order of the book, page by page to keep the event loop responsive. */
export async function loadLines<Part extends LinePart>(
  part: Part,
  rows: RowSource,
): Promise<LineOf<Part>[]> {
  const { key, order } = TABLES[part];
  const lines = await linesAfter(part, rows, key === 'id' ? 0 : '', nextTurn);
  return lines.sort((one, other) => inOrder(one, other, order));
}

/** Reads the lines whose key is greater than `after`. */
async function linesAfter<Part extends LinePart>(
  part: Part,
  rows: RowSource,
  after: Parameter,
  turn: Turn,
): Promise<LineOf<Part>[]> {
  const { key } = TABLES[part];
  const condition = `${key} > $1 ORDER BY ${key} LIMIT ${PAGE_ROWS}`;
  const lines: LineOf<Part>[] = [];
  for (let isWhole = false; !isWhole;) {
    const last = (lines.at(-1)?.[key] ?? after) as Parameter;
    const page = await readLines(part, rows, condition, [last]);
    lines.push(...page);
    isWhole = page.length < PAGE_ROWS;
    await turn();
  }
  return lines;
}

/** @param condition SQL after WHERE */
async function readLines<Part extends LinePart>(
  part: Part,
  rows: RowSource,
  condition: string,
  parameters: readonly Parameter[],
): Promise<LineOf<Part>[]> {
  const { fields, from: table } = TABLES[part];
  const names = Object.keys(fields) as (keyof LineOf<Part>)[];
  const columns = names.map((name) => `${fields[name]} AS ${String(name)}`);
  const sql = `SELECT ${columns.join(', ')} FROM ${table} WHERE ${condition}`;
  const cells = await rows.cells(sql, parameters);
  const texts = new Map<unknown, unknown>();
  return cells.map((each) => {
    const line: Partial<Record<keyof LineOf<Part>, unknown>> = {};
    for (const [place, name] of names.entries()) line[name] = shared(each[place], texts);
    return line as LineOf<Part>;
  });
}

/** Interns equal texts: names, codes and instants are few. */
function shared(value: unknown, texts: Map<unknown, unknown>): unknown {
  if (typeof value !== 'string') return value;
  const known = texts.get(value);
  if (known !== undefined) return known;
  texts.set(value, value);
  return value;
}

/** Reloads the lines of ranges of days. @param ranges in order; each is read in one turn of the event loop */
export async function readAgain<Part extends LinePart>(
  part: Part,
  known: readonly LineOf<Part>[],
  { rows, ranges, turn }: { rows: RowSource; ranges: readonly DateRange[]; turn: Turn },
): Promise<readonly LineOf<Part>[]> {
  const { day, fields, isAppended, key, order } = TABLES[part];
  if (isAppended) {
    return known.concat(
      await linesAfter(part, rows, (known.at(-1)?.[key] ?? 0) as Parameter, turn),
    );
  }
  let lines = known.filter((line) => !rangeAround(ranges, line[day] as CalendarDate));
  for (const { from, to } of ranges) {
    const within = `${fields[day]} BETWEEN $1 AND $2`;
    lines = lines.concat(await readLines(part, rows, within, [from, to]));
    await turn();
  }
  return lines.sort((one, other) => inOrder(one, other, order));
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
