import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StreamableFile } from '@nestjs/common';
import { bytesOf } from '../../common/byte-text.js';
import { MEDIA_TYPES } from './format.js';
import type { Format } from '../../common/row-writer.js';
import type { RowWriter } from '../../common/row-writer.js';

/** How rows become a text: what a page of them is, and what stands before, between and after the pages. */
interface Writing<Row> {
  format: Format;
  page: (rows: readonly Row[], frame: { before: string; after: string }) => Buffer;
  open: string;
  between: string;
  close: string;
}

type Pages<Row> = AsyncIterator<Row[]>;
/** What a route of rows returns. */
export type RowsAnswer = ShortAnswer | LongAnswer;

const ARRAY = { open: '[', between: ',', close: ']' };

/** So many rows are read before anything is answered; who asks for no more gets a short answer. */
const ROWS_OF_A_SHORT_ANSWER = 1_000;

/** An answer that is made: its bytes, and what they are. ServerAdapter sends it as it is. */
export class ShortAnswer {
  constructor(
    readonly bytes: Buffer,
    readonly type: string,
  ) {}

  /** For who writes it elsewhere, as of a LongAnswer. */
  getStream(): Readable {
    return Readable.from([this.bytes]);
  }
}

/** An answer of more rows than that: as long as the history, and bounded in number (ExportLimiter). */
export class LongAnswer extends StreamableFile {}

/** Streams pages of rows as one array of the JSON texts that they are given; failures as in `rows`. */
export function jsonArray<Row>(pages: Pages<Row>, row: (row: Row) => string): Promise<RowsAnswer> {
  const page: Writing<Row>['page'] = (rows, { before, after }) =>
    bytesOf(before + rows.map(row).join(',') + after);
  return answer(pages, { format: 'json', page, ...ARRAY });
}

/**
 * Answers pages of rows, many of them as a stream. The first thousand rows are read before anything is
 * answered, so that an early failure is a problem document; a later one cuts the connection: half a
 * table must not look like a whole one.
 */
export function rows<Row extends object>(
  format: Format,
  writer: RowWriter<Row>,
  pages: Pages<Row>,
): Promise<RowsAnswer> {
  return answer(pages, tableIn(format, writer));
}

/** Answers rows that are in memory already. */
export function allRows<Row extends object>(
  format: Format,
  writer: RowWriter<Row>,
  all: readonly Row[],
): ShortAnswer {
  return whole(all, tableIn(format, writer));
}

/** One row by itself: an object in JSON, a table of one line in CSV. */
export function oneRow<Row extends object>(
  format: Format,
  writer: RowWriter<Row>,
  row: Row,
): ShortAnswer {
  return whole([row], { ...tableIn(format, writer), ...(format === 'json' && BARE) });
}

/** One row whose JSON text is made already. */
export function oneText(json: string): ShortAnswer {
  return new ShortAnswer(bytesOf(json), contentType('json'));
}

const BARE = { open: '', between: '', close: '' };

function tableIn<Row extends object>(format: Format, writer: RowWriter<Row>): Writing<Row> {
  const framing = format === 'json' ? ARRAY : { ...BARE, open: writer.header(format) };
  return { format, page: (rows, frame) => writer.bytes(format, rows, frame), ...framing };
}

async function answer<Row>(pages: Pages<Row>, writing: Writing<Row>): Promise<RowsAnswer> {
  const read: Row[][] = [];
  for (let count = 0; count <= ROWS_OF_A_SHORT_ANSWER;) {
    const page = await nextFilled(pages);
    if (!page) return whole(read.flat(), writing);
    read.push(page);
    count += page.length;
  }
  const texts = Readable.from(textsOf(read, pages, writing), { objectMode: false });
  const type = contentType(writing.format);
  return new LongAnswer(texts, { type }).setErrorHandler((_, response) => {
    response.destroy?.();
  });
}

function whole<Row>(all: readonly Row[], writing: Writing<Row>): ShortAnswer {
  const { open, page, close, format } = writing;
  return new ShortAnswer(page(all, { before: open, after: close }), contentType(format));
}

/** Between two pages the event loop gets its turn: SQLite never waits, and a fast reader hardly does. */
async function* textsOf<Row>(
  read: Row[][],
  pages: Pages<Row>,
  writing: Writing<Row>,
): AsyncGenerator<Buffer> {
  let before = writing.open;
  for (;;) {
    const page = read.shift() ?? (await nextFilled(pages));
    if (!page) break;
    yield writing.page(page, { before, after: '' });
    before = writing.between;
    await nextTurn();
  }
  if (writing.close !== '') yield Buffer.from(writing.close);
}

/** The next page that is not empty; undefined after the last. */
async function nextFilled<Row>(pages: Pages<Row>): Promise<Row[] | undefined> {
  for (let page = await pages.next(); !page.done; page = await pages.next()) {
    if (page.value.length > 0) return page.value;
  }
  return undefined;
}

function contentType(format: Format): string {
  return `${MEDIA_TYPES[format]}; charset=utf-8`;
}
