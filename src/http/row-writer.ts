import type { Format } from './format.js';

/**
 * What the cells of a column hold: `text` anything; `plain` texts of digits, letters, points and dashes,
 * such as decimals and dates, in which nothing is ever escaped; `bare` numbers and truth values; `words`
 * lists of texts. Any of them may be null.
 */
export type ColumnKind = 'text' | 'plain' | 'bare' | 'words';

/** The columns of a table, in their order. */
export type Columns<Row> = Readonly<Record<keyof Row & string, ColumnKind>>;

interface Column {
  name: string;
  /** How JSON begins the member: `,"name":`. */
  member: string;
  json: (cell: unknown) => string;
  csv: (cell: unknown) => string;
}

/** Writes rows in every Format, of one description of their columns. */
export class RowWriter<Row extends object> {
  private readonly columns: readonly Column[];

  constructor(columns: Columns<Row>) {
    const kinds = Object.entries<ColumnKind>(columns);
    this.columns = kinds.map(([name, kind], index) => ({
      name,
      member: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
      ...CELLS[kind],
    }));
  }

  /** What a table begins with. */
  header(format: Format): string {
    return format === 'csv' ? `${this.columns.map(({ name }) => csvText(name)).join(',')}\r\n` : '';
  }

  /** A row with the end of its line; in JSON, which has no lines, the row alone. */
  row(format: Format, row: Row): string {
    if (format === 'csv') return this.csv(row);
    return format === 'ndjson' ? `${this.json(row)}\n` : this.json(row);
  }

  private json(row: Row): string {
    let text = '';
    for (const { name, member, json } of this.columns) {
      const cell = row[name as keyof Row];
      text += cell === null ? `${member}null` : member + json(cell);
    }
    return `${text}}`;
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

const CELLS: Readonly<Record<ColumnKind, Pick<Column, 'json' | 'csv'>>> = {
  text: { json: (cell) => jsonText(cell as string), csv: (cell) => csvText(cell as string) },
  plain: { json: (cell) => `"${cell as string}"`, csv: (cell) => cell as string },
  bare: { json: String, csv: String },
  words: {
    json: (cell) => JSON.stringify(cell),
    csv: (cell) => csvText((cell as readonly string[]).join(' ')),
  },
};

/** Halves of surrogate pairs are left to JSON.stringify, which knows what a lone one becomes. */
const NEEDS_ESCAPES = /["\\\u0000-\u001f\ud800-\udfff]/;
const NEEDS_QUOTES = /[",\r\n]/;

function jsonText(text: string): string {
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function csvText(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
