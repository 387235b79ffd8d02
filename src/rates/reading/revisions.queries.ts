import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { unitRate } from '../../common/rate-arithmetic.js';
import { columnsOf, RowWriter } from '../../common/row-writer.js';
import { type RateBook, RateBooks, type RevisionLine, Revisions } from '../book/index.js';
import { UnknownCodeError } from '../model/index.js';
import { Revision } from './revision.dto.js';

/** Page size of a long answer. */
const PAGE_ROWS = 1_000;

export const REVISION_WRITER = new RowWriter(columnsOf(Revision));

/** Reads revisions from the rate book. */
@Injectable()
export class RevisionsQueries {
  constructor(private readonly books: RateBooks) {}

  /**
   * Replaced or deleted versions of one currency, in the order of these changes.
   *
   * @throws UnknownCodeError, BookNotLoadedError
   */
  of(code: string, after: number): AsyncGenerator<Revision[]> {
    const book = this.books.current;
    const revisions = Revisions.of(book, code);
    if (revisions.count === 0 && !isKnown(code, book)) throw new UnknownCodeError(code);
    return pagesOf(revisions.after(after), book);
  }
}

function isKnown(code: string, { parts }: RateBook): boolean {
  return parts.currencies.idsOf(code).length > 0 || parts.manual.has(code);
}

/** Hashes of the versions' documents, by document id. */
function hashesOf(lines: readonly RevisionLine[], { parts }: RateBook): Map<number, string> {
  const ids = new Set(lines.map(({ document_id }) => document_id));
  const documents = parts.documents.filter(({ id }) => ids.has(id));
  return new Map(documents.map(({ id, sha256 }) => [id, sha256]));
}

/** Yields to the event loop between pages. */
async function* pagesOf(revisions: Revisions, book: RateBook): AsyncGenerator<Revision[]> {
  for (let start = 0; start < revisions.count; start += PAGE_ROWS) {
    if (start > 0) await nextTurn();
    const page = revisions.slice(start, start + PAGE_ROWS);
    const hashes = hashesOf(page, book);
    yield page.map((line) => revisionOf(line, hashes));
  }
}

/** Fields in the order of the columns. */
function revisionOf(line: RevisionLine, hashes: ReadonlyMap<number, string>): Revision {
  const { id, rate_id, code, name, nominal, value, effective_date, source, reason } = line;
  const { recorded_at, recorded_by, superseded_at, superseded_by, document_id } = line;
  return {
    ...{ revision_id: id, rate_id, code, name, nominal, value },
    rate: unitRate({ nominal, value }),
    ...{ effective_date, source, reason },
    ...{ recorded_at, recorded_by, superseded_at, superseded_by },
    document_sha256: hashes.get(document_id ?? 0) ?? null,
  };
}
