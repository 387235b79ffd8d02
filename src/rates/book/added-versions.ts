import { dayNumber } from '../../common/day-number.js';
import type { Added } from '../../database/change-set.js';
import { instantText } from '../../database/columns.js';
import { isRouble, RateEntity } from '../model/index.js';
import { NEVER } from './column-arena.js';
import { ColumnsBuilder } from './columns-builder.js';
import { dayOrder } from './day-orders.js';
import { packDecimal } from './packed-decimal.js';
import type { DayRangeNews, PackedVersion, VersionColumns } from './version-columns.js';
import type { Slices } from '../../database/slices.js';
import type { Maker, SharedValues } from './version-lines.js';

/**
 * Converts rates that this process has just inserted to news, for days without versions: they need not be read back.
 * undefined if one of the days has a version or the rows are not rates; they must be read then.
 */
export async function addedTo(
  before: VersionColumns,
  { entity, rows }: Added,
  { maker, shared, slices }: { maker: Maker; shared: SharedValues; slices: Slices },
): Promise<DayRangeNews[] | undefined> {
  if (entity !== RateEntity) return undefined;
  const builder = new ColumnsBuilder(dayOrder(maker, shared));
  for (const row of rows as RateEntity[]) {
    if (maker === 'manual' && isRouble(row.code)) continue;
    builder.add(packed(row, shared));
  }
  const added = await builder.build(slices);
  const { day } = added.columns;
  const news: DayRangeNews[] = [];
  for (let start = 0, end = 0; start < added.length; start = end) {
    const [first = 0] = [day[start]];
    const place = before.upTo(first);
    // All days before the next known one belong to the same position.
    const nextKnown = place < before.length ? (before.columns.day[place] ?? 0) : Infinity;
    if (place > before.upTo(first - 1)) return undefined;
    for (end = start; end < added.length && (day[end] ?? 0) < nextKnown; end++);
    news.push({ from: first, to: day[end - 1] ?? first, versions: added.slice(start, end) });
  }
  return news;
}

function packed(row: RateEntity, { names, banks, instants }: SharedValues): PackedVersion {
  const recorded = instants.numberOf(instantText(row.recorded_at));
  const { digits, places } = packDecimal(row.value);
  return {
    day: dayNumber(row.effective_date),
    digits,
    places,
    nominal: row.nominal,
    id: row.id,
    name: names.numberOf(row.name),
    bank: banks.numberOf(row.cbr_id ?? ''),
    recorded,
    created:
      row.created_at === row.recorded_at
        ? recorded
        : instants.numberOf(instantText(row.created_at)),
    ended: NEVER,
    document: row.document_id ?? 0,
    revision: 0,
    note: 0,
  };
}
