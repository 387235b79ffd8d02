import type { Request, Response } from 'express';
import type { Format } from '../../common/row-writer.js';
import { queryOf } from '../../http/requests/index.js';
import { allRows, rows, type RowsAnswer } from '../../http/answers/index.js';
import type { RowWriter } from '../../common/row-writer.js';
import { pageAfter, pagesAfter, type Positioned } from '../reading/index.js';

interface Listing<Row extends object> {
  writer: RowWriter<Row>;
  pages: AsyncIterable<Row[]>;
}

interface Page {
  limit?: number | undefined;
  after?: string | undefined;
}

/** Answers all rows, streamed, or one page with a `Link` to the next. */
export async function answerRows<Row extends Positioned>(
  { writer, pages }: Listing<Row>,
  { limit, after }: Page,
  { format, request, response }: { format: Format; request: Request; response: Response },
): Promise<RowsAnswer> {
  if (limit === undefined) {
    return rows(format, writer, pagesAfter(pages, after));
  }
  const page = await pageAfter(pages, after, limit);
  if (page.next !== undefined) {
    const parameters = new URLSearchParams(queryOf(request));
    parameters.set('after', page.next);
    // Relative to the requested address, as a proxy may have removed a path prefix.
    response.set('Link', `<?${parameters.toString()}>; rel="next"`);
  }
  return allRows(format, writer, page.rows);
}
