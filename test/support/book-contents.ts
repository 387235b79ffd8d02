import type { RateBook } from '../../src/rates/book/rate-book.js';
import { NEVER } from '../../src/rates/book/column-arena.js';
import { unpackDecimal } from '../../src/rates/book/packed-decimal.js';
import { dateOfDay } from '../../src/common/day-number.js';
import type { VersionColumns } from '../../src/rates/book/version-columns.js';

/** Now, and a time in the middle of the changes of most tests. */
const INSTANTS = [undefined, '2024-01-01T00:01:00.000Z'];

/** Contents of a rate book, independent of its interning, to compare two books. */
export function bookContents(book: RateBook) {
  const { official, manual, currencies, ...small } = book.parts;
  return {
    position: book.position,
    official: contentsOf(official, book),
    manual: contentsOf(manual, book),
    currencies: currencies.all,
    ...small,
    sheetDates: INSTANTS.map((asOf) => book.sheetDates.knownAt(asOf, new Set())),
  };
}

function contentsOf(part: ReadonlyMap<string, VersionColumns>, book: RateBook) {
  const { shared } = book;
  const keys = [...part.keys()].sort();
  return keys.map((key) => {
    const versions = part.get(key);
    const rows = Array.from({ length: versions?.length ?? 0 }, (_, row) => {
      const at = (name: keyof VersionColumns['columns']) => versions?.columns[name][row] ?? -1;
      const ended = at('ended');
      return [
        ...[dateOfDay(at('day')), unpackDecimal(at('digits'), at('places')), at('nominal')],
        ...[at('id'), shared.names.valueOf(at('name')), shared.banks.valueOf(at('bank'))],
        ...[shared.instants.valueOf(at('recorded')), shared.instants.valueOf(at('created'))],
        ...[ended === NEVER ? null : shared.instants.valueOf(ended)],
        ...[at('document'), revisionOf(versions, row, book)],
      ].join(' ');
    });
    return { key, rows };
  });
}

function revisionOf(versions: VersionColumns | undefined, row: number, { shared }: RateBook) {
  const { revision, note } = versions?.columns ?? {};
  const id = revision?.[row] ?? 0;
  return id === 0 ? 'current' : `${id} ${shared.notes.valueOf(note?.[row] ?? 0)}`;
}
