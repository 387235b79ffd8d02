import type { ChangeSet } from '../../database/change-set.js';
import type { RowSource } from '../../database/row-source.js';
import { LINE_PARTS, readAgain, readCurrencies } from './book-lines.js';
import type { BookParts } from './book-parts.js';
import { changedVersions } from './changed-versions.js';
import type { BookPosition, RateBook } from './rate-book.js';
import { BookChanges, changesBetween } from './recorded-changes.js';
import { Slices } from '../../database/slices.js';

/** Input for advancing a book. */
export interface Following {
  /** Rows of exactly the state at `position`. */
  rows: RowSource;
  position: BookPosition;
  /** Changes of the unit of work that made the last version; undefined if another process may have made it. */
  own?: ChangeSet | undefined;
}

/**
 * Advances the book to a later position; undefined if the changes of a version in between are not recorded: it was
 * pruned, or written by an older Kurs.
 */
export async function advanced(
  book: RateBook,
  { rows, position, own }: Following,
): Promise<RateBook | undefined> {
  const slices = new Slices();
  const known = book.position.dataVersion;
  const isNext = position.dataVersion === known + 1;
  const changes =
    own && isNext
      ? BookChanges.of(own.all)
      : await changesBetween(known, position.dataVersion, rows, slices);
  if (!changes) return undefined;
  const parts: Partial<BookParts> = {};
  if (changes.keysOf('currencies').size > 0) parts.currencies = await readCurrencies(rows);
  for (const part of LINE_PARTS) {
    const ranges = changes.keysOf(part).get('')?.ranges;
    if (!ranges) continue;
    const lines = await readAgain(part, book.parts[part], { rows, ranges, slices });
    Object.assign(parts, { [part]: lines });
  }
  for (const maker of ['official', 'manual'] as const) {
    const keys = changes.keysOf(maker);
    if (keys.size > 0) parts[maker] = await changedVersions(keys, { maker, book, rows, slices });
  }
  return book.with(position, parts);
}
