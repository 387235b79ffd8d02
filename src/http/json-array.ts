import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/**
 * Streams pages of JSON texts as one array. The first page is read before anything is answered, so
 * that an early failure is a problem document; a later one cuts the connection, because half an
 * array must not look like a whole one.
 */
export async function jsonArray(pages: AsyncIterator<string[]>): Promise<StreamableFile> {
  const first = await pages.next();
  return new StreamableFile(Readable.from(arrayText(first, pages), { objectMode: false }), {
    type: 'application/json; charset=utf-8',
  }).setErrorHandler((_, response) => {
    response.destroy?.();
  });
}

async function* arrayText(
  first: IteratorResult<string[]>,
  pages: AsyncIterator<string[]>,
): AsyncGenerator<string> {
  let opening = '[';
  for (let page = first; !page.done; page = await pages.next()) {
    yield opening + page.value.join(',');
    opening = ',';
  }
  yield opening === '[' ? '[]' : ']';
}
