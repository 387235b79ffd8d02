import { dateOfDay, dayNumber } from '../../common/day-number.js';
import type { RateRow, StoredVersion } from '../model/index.js';
import { NEVER } from './column-arena.js';
import { unpackDecimal } from './packed-decimal.js';
import type { RateBook } from './rate-book.js';
import type { VersionColumns } from './version-columns.js';

/** Current row of a version's rate, which may have been edited since; undefined if it was deleted. */
export function currentRow(book: RateBook, version: StoredVersion): RateRow | undefined {
  const { code, cbr_id, source } = version;
  const official = source === 'cbr' ? book.parts.official.get(cbr_id ?? '') : undefined;
  const manual = book.parts.manual.get(code);
  return (
    (official && rowOf(official, version, 'cbr', book)) ??
    (manual && rowOf(manual, version, 'manual', book))
  );
}

function rowOf(
  versions: VersionColumns,
  { id, code, effective_date }: StoredVersion,
  source: RateRow['source'],
  { shared }: RateBook,
): RateRow | undefined {
  const { columns } = versions;
  const day = dayNumber(effective_date);
  for (let row = versions.upTo(day) - 1; columns.day[row] === day; row--) {
    if (columns.id[row] !== id || columns.ended[row] !== NEVER) continue;
    return {
      ...{ id, code, source },
      name: shared.names.valueOf(columns.name[row] ?? 0),
      value: unpackDecimal(columns.digits[row] ?? 0, columns.places[row] ?? 0),
      created_at: shared.instants.valueOf(columns.created[row] ?? 0),
      nominal: columns.nominal[row] ?? 0,
      effective_date: dateOfDay(day),
    };
  }
  return undefined;
}
