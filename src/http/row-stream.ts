import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { type Cell, csvLine } from './csv.js';
import { type Format, MEDIA_TYPES } from './format.js';

/** What stands before, between and after the rows. */
interface Framing {
  open: string;
  between: string;
  close: string;
}

/** Rows whose cells have the names of `fields`, in that order. */
interface Table<Row extends object> {
  fields: readonly (keyof Row & string)[];
  pages: AsyncIterator<Row[]>;
}

type Cells = Record<string, Cell>;

/** An answer of more than one page of rows: as long as the history, and bounded in number (ExportDoor). */
export class LongAnswer extends StreamableFile {}

/** Streams pages of JSON texts as one array; failures as in `rows`. */
export function jsonArray(pages: AsyncIterator<string[]>): Promise<StreamableFile> {
  return stream(pages, 'json', { open: '[', between: ',', close: ']' });
}

/**
 * Streams pages of rows. The first two are read before anything is answered, so that an early failure
 * is a problem document; a later one cuts the connection: half a table must not look like a whole one.
 */
export function rows<Row extends object>(
  format: Format,
  { fields, pages }: Table<Row>,
): Promise<StreamableFile> {
  switch (format) {
    case 'json':
      return jsonArray(encoded(pages, (row) => JSON.stringify(row)));
    case 'ndjson':
      return stream(
        encoded(pages, (row) => `${JSON.stringify(row)}\n`),
        format,
        { open: '', between: '', close: '' },
      );
    case 'csv':
      return stream(encoded(pages, csvRow(fields)), format, {
        open: `${csvLine(fields)}\r\n`,
        between: '',
        close: '',
      });
  }
}

/** One row by itself: an object in JSON, a table of one line in CSV. */
export function oneRow<Row extends object>(
  format: Format,
  fields: readonly (keyof Row & string)[],
  row: Row,
): StreamableFile {
  const text =
    format === 'csv'
      ? `${csvLine(fields)}\r\n${csvRow(fields)(row)}`
      : JSON.stringify(row) + (format === 'ndjson' ? '\n' : '');
  const bytes = Buffer.from(text);
  return new StreamableFile(bytes, { type: contentType(format), length: bytes.length });
}

/** Pages of what is in memory already. */
export async function* inMemory<Row>(all: readonly Row[]): AsyncGenerator<Row[]> {
  yield await Promise.resolve([...all]);
}

function csvRow<Row extends object>(fields: readonly (keyof Row & string)[]): (row: Row) => string {
  return (row) => `${csvLine(fields.map((field) => (row as Cells)[field] ?? null))}\r\n`;
}

async function* encoded<Row>(
  pages: AsyncIterator<Row[]>,
  encode: (row: Row) => string,
): AsyncGenerator<string[]> {
  for (let page = await pages.next(); !page.done; page = await pages.next()) {
    if (page.value.length > 0) yield page.value.map(encode);
  }
}

async function stream(
  pages: AsyncIterator<string[]>,
  format: Format,
  framing: Framing,
): Promise<StreamableFile> {
  const first = await pages.next();
  const second = first.done ? first : await pages.next();
  const text = Readable.from(framed([first, second], pages, framing), { objectMode: false });
  const Answer = second.done ? StreamableFile : LongAnswer;
  return new Answer(text, { type: contentType(format) }).setErrorHandler((_, response) => {
    response.destroy?.();
  });
}

async function* framed(
  read: IteratorResult<string[]>[],
  pages: AsyncIterator<string[]>,
  { open, between, close }: Framing,
): AsyncGenerator<string> {
  let before = open;
  for (;;) {
    const page = read.shift() ?? (await pages.next());
    if (page.done) break;
    yield before + page.value.join(between);
    before = between;
  }
  yield before === between ? close : open + close;
}

function contentType(format: Format): string {
  return `${MEDIA_TYPES[format]}; charset=utf-8`;
}
