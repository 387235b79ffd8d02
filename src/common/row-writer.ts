import { bytesOf, bytesOfByteText, type ByteText } from './byte-text.js';

/** How rows are written: one JSON array, one JSON text per line, or comma-separated values (RFC 4180). */
export type Format = 'json' | 'ndjson' | 'csv';

/**
 * What the cells of a column hold: `text` anything; `plain` decimals, dates, numbers and truth values, in which
 * nothing is ever quoted; `words` lists of texts. Any of them may be null.
 */
export type ColumnKind = 'text' | 'plain' | 'words';

/** The columns of a table, in their order. */
export type Columns<Row> = Readonly<Record<keyof Row & string, ColumnKind>>;

interface Column {
  name: string;
  csv: (cell: unknown) => string;
}

const CELLS = Symbol('cells');
interface Described {
  [CELLS]?: Record<string, ColumnKind>;
}

/** Declares a field of a row class as a column. Columns are in the order of the declarations. */
export function Cell(kind: ColumnKind): PropertyDecorator {
  return (row: Described, name) => {
    row[CELLS] = { ...row[CELLS], [String(name)]: kind };
  };
}

/** The columns of a class whose fields are declared by `Cell`. */
export function columnsOf<Row extends object>(row: new () => Row): Columns<Row> {
  return (row.prototype as Described)[CELLS] as Columns<Row>;
}

/** Text before and after the rows. */
interface Frame {
  before?: string;
  after?: string;
}

/**
 * Writes rows in every Format, of one description of their columns. Rows have their fields in that order:
 * in JSON they are written as they are. Of rows that are many, `json` may be faster at it than JSON.stringify.
 */
export class RowWriter<Row extends object> {
  private readonly columns: readonly Column[];

  constructor(
    columns: Columns<Row>,
    private readonly json?: (row: Row) => ByteText,
  ) {
    const kinds = Object.entries<ColumnKind>(columns);
    this.columns = kinds.map(([name, kind]) => ({ name, csv: CSV_CELLS[kind] }));
  }

  /** Text before the first row. */
  header(format: Format): string {
    return format === 'csv' ? `${this.columns.map(({ name }) => csvText(name)).join(',')}\r\n` : '';
  }

  /** Rows with the ends of their lines; in JSON, which has no lines, with the commas between them. */
  bytes(format: Format, rows: readonly Row[], { before = '', after = '' }: Frame = {}): Buffer {
    const { json } = this;
    if (format !== 'csv' && json) {
      const [comma, end] = format === 'json' ? [',', ''] : ['', '\n'];
      return bytesOfByteText(before + joined(rows, json, comma, end) + after);
    }
    const text =
      format === 'json'
        ? JSON.stringify(rows).slice(1, -1)
        : rows.map(format === 'csv' ? (row) => this.csv(row) : jsonLine).join('');
    return bytesOf(before + text + after);
  }

  /** One line of RFC 4180; null is an empty cell. */
  private csv(row: Row): string {
    let text = '';
    let comma = '';
    for (const { name, csv } of this.columns) {
      const cell = row[name as keyof Row];
      text += cell === null ? comma : comma + csv(cell);
      comma = ',';
    }
    return `${text}\r\n`;
  }
}

function joined<Row>(
  rows: readonly Row[],
  json: (row: Row) => ByteText,
  comma: string,
  end: string,
): string {
  let text = '';
  for (const row of rows) {
    if (text !== '') text += comma;
    text += json(row) + end;
  }
  return text;
}

const CSV_CELLS: Readonly<Record<ColumnKind, Column['csv']>> = {
  text: (cell) => csvText(cell as string),
  plain: String,
  words: (cell) => csvText((cell as readonly string[]).join(' ')),
};

const NEEDS_QUOTES = /[",\r\n]/;
/**
 * Where a spreadsheet would take text for a formula: at the beginning of a cell, and behind what is a separator
 * in some countries, with whatever quotes (OWASP, CSV Injection).
 */
const FORMULA = /^(?=[\t\r\n])|(^|[;,\t\r\n][" ]*)(?=[=+\-@＝＋－＠])/g;

function csvText(text: string): string {
  const safe = text.replace(FORMULA, "$1'");
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function jsonLine(row: object): string {
  return `${JSON.stringify(row)}\n`;
}
