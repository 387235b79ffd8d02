import type { RateBook } from '../../src/rates/book/rate-book.js';
import { NEVER } from '../../src/rates/book/column-arena.js';
import { unpackDecimal } from '../../src/rates/book/packed-decimal.js';
import { dateOfDay } from '../../src/common/day-number.js';
import type { VersionColumns } from '../../src/rates/book/version-columns.js';

/** Contents of a rate book, independent of its interning, to compare two books. */
export function bookContents(book: RateBook) {
  const { official, manual, currencies, ...small } = book.parts;
  return {
    position: book.position,
    official: contentsOf(official, book),
    manual: contentsOf(manual, book),
    currencies: currencies.all,
    ...small,
  };
}

function contentsOf(part: ReadonlyMap<string, VersionColumns>, { shared }: RateBook) {
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
        ...[at('document')],
      ].join(' ');
    });
    return { key, rows };
  });
}
