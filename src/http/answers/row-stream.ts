import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StreamableFile } from '@nestjs/common';
import { bytesOf } from '../../common/byte-text.js';
import { MEDIA_TYPES } from './format.js';
import type { Format } from '../../common/row-writer.js';
import type { RowWriter } from '../../common/row-writer.js';

/** Serialization of rows: a page of them, and the text before, between and after pages. */
interface Writing<Row> {
  type: string;
  page: (rows: readonly Row[], frame: { before: string; after: string }) => Buffer;
  open: string;
  between: string;
  close: string;
}

type Pages<Row> = AsyncIterator<Row[]>;
/** Return type of a route with rows. */
export type RowsAnswer = ShortAnswer | LongAnswer;

const ARRAY = { open: '[', between: ',', close: ']' };

/** Rows read before the answer starts. An answer with no more rows is short. */
const ROWS_OF_A_SHORT_ANSWER = 1_000;

/** Complete body with its content type. ServerAdapter sends it unchanged. */
export class ShortAnswer {
  constructor(
    readonly bytes: Buffer,
    readonly type: string,
  ) {}

  /** For writing it elsewhere, like a LongAnswer. */
  getStream(): Readable {
    return Readable.from([this.bytes]);
  }
}

/** Sends the answer of one request, in place of the server. */
export interface AnswerSender {
  /** Sends a complete body; the response has its status and headers. */
  send(body: Buffer): void;
  /** Takes over what is written to the response from now on. */
  collect(): void;
}

/** Answer with more rows, up to the whole history; ExportLimiter limits their number. */
export class LongAnswer extends StreamableFile {}

/** Streams pages of rows as a JSON array of given texts; failures as in `rows`. */
export function jsonArray<Row>(pages: Pages<Row>, row: (row: Row) => string): Promise<RowsAnswer> {
  const page: Writing<Row>['page'] = (rows, { before, after }) =>
    bytesOf(before + rows.map(row).join(',') + after);
  return answer(pages, { type: contentType('json'), page, ...ARRAY });
}

/** A text of rows in a form of its own. */
export interface RowText<Row> {
  /** Content type. */
  type: string;
  /** `latin1`: characters up to U+00FF stand for the bytes of another encoding. */
  encoding?: 'utf8' | 'latin1';
  open: string;
  /** @param index place of the row in the answer, from 0 */
  row: (row: Row, index: number) => string;
  close: string;
}

/** Streams pages of rows as a text of another type; failures as in `rows`. */
export function textRows<Row>(
  pages: Pages<Row>,
  { type, encoding = 'utf8', open, row, close }: RowText<Row>,
): Promise<RowsAnswer> {
  let index = 0;
  const page: Writing<Row>['page'] = (rows, { before, after }) => {
    const text = before + rows.map((each) => row(each, index++)).join('') + after;
    return encoding === 'utf8' ? bytesOf(text) : Buffer.from(text, encoding);
  };
  return answer(pages, { type, page, open, between: '', close });
}

/**
 * Answers pages of rows, many of them as a stream. The first thousand rows are read before the answer starts, so that
 * an early failure becomes a problem document. A later one closes the connection: a partial table must not look
 * complete.
 */
export function rows<Row extends object>(
  format: Format,
  writer: RowWriter<Row>,
  pages: Pages<Row>,
): Promise<RowsAnswer> {
  return answer(pages, tableIn(format, writer));
}

/** Answers rows that are already in memory. */
export function allRows<Row extends object>(
  format: Format,
  writer: RowWriter<Row>,
  all: readonly Row[],
): ShortAnswer {
  return whole(all, tableIn(format, writer));
}

/** A single row: an object in JSON, a table of one line in CSV. */
export function oneRow<Row extends object>(
  format: Format,
  writer: RowWriter<Row>,
  row: Row,
): ShortAnswer {
  return whole([row], { ...tableIn(format, writer), ...(format === 'json' && BARE) });
}

/** A single row whose JSON text exists already. */
export function oneText(json: string): ShortAnswer {
  return new ShortAnswer(bytesOf(json), contentType('json'));
}

const BARE = { open: '', between: '', close: '' };

function tableIn<Row extends object>(format: Format, writer: RowWriter<Row>): Writing<Row> {
  const framing = format === 'json' ? ARRAY : { ...BARE, open: writer.header(format) };
  const page: Writing<Row>['page'] = (rows, frame) => writer.bytes(format, rows, frame);
  return { type: contentType(format), page, ...framing };
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
  return new LongAnswer(texts, { type: writing.type }).setErrorHandler((_, response) => {
    response.destroy?.();
  });
}

function whole<Row>(all: readonly Row[], writing: Writing<Row>): ShortAnswer {
  const { open, page, close, type } = writing;
  return new ShortAnswer(page(all, { before: open, after: close }), type);
}

/** Yields to the event loop between pages: SQLite is synchronous, and a fast client hardly ever causes a wait. */
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

/** Next non-empty page; undefined after the last. */
async function nextFilled<Row>(pages: Pages<Row>): Promise<Row[] | undefined> {
  for (let page = await pages.next(); !page.done; page = await pages.next()) {
    if (page.value.length > 0) return page.value;
  }
  return undefined;
}

function contentType(format: Format): string {
  return `${MEDIA_TYPES[format]}; charset=utf-8`;
}
