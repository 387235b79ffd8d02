import type { DateRange } from '../../common/date-range.js';
import { dayNumber } from '../../common/day-number.js';
import type { RowSource } from '../../database/row-source.js';
import { addedTo } from './added-versions.js';
import { ColumnsBuilder } from './columns-builder.js';
import { dayOrder } from './day-orders.js';
import type { RateBook } from './rate-book.js';
import type { ChangedDays } from './recorded-changes.js';
import type { Slices } from '../../database/slices.js';
import { type DayRangeNews, VersionColumns } from './version-columns.js';
import { type Maker, VERSION_TABLES } from './version-lines.js';
import { VersionReader } from './version-reader.js';
import { VersionsBuilder } from './versions-builder.js';

/** Context for reading versions. */
interface Reading {
  maker: Maker;
  book: RateBook;
  rows: RowSource;
  slices: Slices;
}

type Changes = ReadonlyMap<string, ChangedDays>;
type Versions = ReadonlyMap<string, VersionColumns>;

/** The versions of all keys of a maker, with the changed days read again. */
export async function changedVersions(changes: Changes, reading: Reading): Promise<Versions> {
  const { maker, book, rows, slices } = reading;
  const reader = new VersionReader(rows, book.shared, slices);
  const all = new Map(book.parts[maker]);
  const added = await addedVersions(changes, reading);
  const sheets = await readSheets(
    [...changes].filter(([key]) => !added.has(key)),
    reader,
    reading,
  );
  // One for all keys: a new one for each leaves more garbage than the book takes.
  const builder = new ColumnsBuilder(dayOrder(maker, book.shared));
  const ofKey = async (key: string, range: DateRange) => {
    for (const table of VERSION_TABLES) {
      await reader.ofDays({ table, maker, key }, range, (_, __, version) => builder.add(version));
    }
    return builder.build(slices);
  };
  // Key by key, so that only one is in memory twice besides the old book.
  for (const [key, days] of changes) {
    const before = all.get(key) ?? VersionColumns.NONE;
    const news = added.get(key) ?? [];
    for (const range of added.has(key) ? [] : days.ranges) {
      const sheet = sheets.get(nameOf(range));
      const versions = sheet ? (sheet.get(key) ?? VersionColumns.NONE) : await ofKey(key, range);
      news.push({ from: dayNumber(range.from), to: dayNumber(range.to), versions });
    }
    const after = await before.replacing(news, slices);
    if (after.length > 0) all.set(key, after);
    else all.delete(key);
    await slices.turn();
  }
  return all;
}

/** Versions that need not be read, as this process has just inserted them. */
async function addedVersions(
  changes: Changes,
  { maker, book, slices }: Reading,
): Promise<Map<string, DayRangeNews[]>> {
  const found = new Map<string, DayRangeNews[]>();
  for (const [key, { added }] of changes) {
    const before = book.parts[maker].get(key) ?? VersionColumns.NONE;
    const news = added && (await addedTo(before, added, { maker, shared: book.shared, slices }));
    if (news) found.set(key, news);
    await slices.turn();
  }
  return found;
}

/** Ranges up to this number of days are read for all keys at once if more than a few have changed. */
const DAYS_OF_SHEETS = 7;
const FEW_KEYS = 4;

/** Reads short ranges that many keys have in common, such as the day of a sheet. @returns versions by name of range */
async function readSheets(
  changes: readonly (readonly [string, ChangedDays])[],
  reader: VersionReader,
  reading: Reading,
): Promise<ReadonlyMap<string, Versions>> {
  const keysOf = new Map<string, { range: DateRange; keys: number }>();
  for (const [, days] of changes) {
    for (const range of days.ranges) {
      if (dayNumber(range.to) - dayNumber(range.from) >= DAYS_OF_SHEETS) continue;
      const known = keysOf.get(nameOf(range));
      if (known) known.keys += 1;
      else keysOf.set(nameOf(range), { range, keys: 1 });
    }
    await reading.slices.turn();
  }
  const sheets = new Map<string, Versions>();
  for (const [name, { range, keys }] of keysOf) {
    if (keys > FEW_KEYS) sheets.set(name, await versionsOf(range, reader, reading));
  }
  return sheets;
}

function nameOf({ from, to }: DateRange): string {
  return `${from} ${to}`;
}

/** Versions of a range of days. */
async function versionsOf(
  range: DateRange,
  reader: VersionReader,
  { maker, book, slices }: Reading,
): Promise<Versions> {
  const builder = new VersionsBuilder(maker, book.shared);
  for (const table of VERSION_TABLES) {
    await reader.ofDays({ table, maker }, range, (_, key, version) => builder.add(key, version));
  }
  return builder.build(slices);
}
