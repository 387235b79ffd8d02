import { ALL_DAYS, type DateRange, joined } from '../../common/date-range.js';
import { dateOfDay, dayNumber } from '../../common/day-number.js';
import type { ChangeSet, KeyChange } from '../../database/change-set.js';
import type { Lines, RowSource } from '../../database/row-source.js';
import { addedTo } from './added-versions.js';
import { LINE_PARTS, readAgain, readCurrencies } from './book-lines.js';
import { ColumnsBuilder } from './columns-builder.js';
import { dayOrder } from './day-orders.js';
import type { BookParts } from './book-parts.js';
import type { BookPosition, RateBook } from './rate-book.js';
import { type Change, changesBetween, type Turn } from './recorded-changes.js';
import { type DayRangeNews, VersionColumns } from './version-columns.js';
import { type Maker, VERSION_TABLES, VersionRows } from './version-rows.js';

/** Input for advancing a book. */
export interface Following {
  /** Rows of exactly the state at `position`. */
  rows: RowSource;
  position: BookPosition;
  /** Changes of the unit of work that made the last version; undefined if another process may have made it. */
  own?: ChangeSet;
  /** Yields to the event loop, if the caller can wait. */
  turn?: Turn;
}

/**
 * Advances the book to a later position; undefined if the changes of a version in between are not recorded: it was
 * pruned, or written by an older Kurs.
 */
export async function advanced(
  book: RateBook,
  { rows, position, own, turn = () => Promise.resolve() }: Following,
): Promise<RateBook | undefined> {
  const isNext = position.dataVersion === book.position.dataVersion + 1;
  const changes =
    own && isNext
      ? own.all.map(withDays)
      : await changesBetween(book.position.dataVersion, position.dataVersion, rows, turn);
  if (!changes) return undefined;
  const parts: Partial<BookParts> = {};
  if (changes.some(({ part }) => part === 'currencies')) {
    parts.currencies = await readCurrencies(rows);
  }
  for (const part of LINE_PARTS) {
    const ranges = daysToRead(changes.filter((change) => change.part === part));
    if (ranges.length === 0) continue;
    const lines = await readAgain(part, book.parts[part], { rows, ranges, turn });
    Object.assign(parts, { [part]: lines });
  }
  for (const maker of ['official', 'manual'] as const) {
    const ofMaker = changes.filter(({ part }) => part === maker);
    if (ofMaker.length > 0) parts[maker] = await withChanges(ofMaker, { maker, book, rows, turn });
  }
  return book.with(position, parts);
}

function withDays({ part, key, from_date, to_date, added }: KeyChange): Change {
  return { part, key, from: from_date ?? ALL_DAYS.from, to: to_date ?? ALL_DAYS.to, added };
}

/** Beyond this number of ranges, everything from the first to the last is read. */
const MOST_RANGES = 64;

/** The touched days, in pieces that are read at a time. */
function daysToRead(changes: readonly Change[]): DateRange[] {
  const ranges = joined(changes);
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (!first || !last) return [];
  const isMuch = ranges.length > MOST_RANGES;
  return (isMuch ? [{ from: first.from, to: last.to }] : ranges).flatMap(piecesOf);
}

/** Context for reading versions. */
interface Reading {
  maker: Maker;
  book: RateBook;
  rows: RowSource;
  turn: Turn;
}

/** Rereads the touched days of each changed key. */
async function withChanges(
  changes: readonly Change[],
  reading: Reading,
): Promise<ReadonlyMap<string, VersionColumns>> {
  const { maker, book, turn } = reading;
  const news = new Map<string, DayRangeNews[]>();
  const toRead: Change[] = [];
  for (const change of changes) {
    const before = book.parts[maker].get(change.key) ?? VersionColumns.NONE;
    const added = change.added && addedTo(before, change.added, maker, book.shared);
    if (added) news.set(change.key, added);
    else toRead.push(change);
  }
  for (const { keys, range } of questionsOf(toRead)) {
    const found = await versionsOf(keys, range, reading);
    const days = { from: dayNumber(range.from), to: dayNumber(range.to) };
    for (const key of keys) {
      const ofKey = news.get(key) ?? [];
      news.set(key, ofKey);
      ofKey.push({ ...days, versions: found.get(key) ?? VersionColumns.NONE });
    }
    await turn();
  }
  const all = new Map(book.parts[maker]);
  for (const [key, ofKey] of news) {
    const before = all.get(key) ?? VersionColumns.NONE;
    const after = before.replacing(ofKey.sort((one, other) => one.from - other.from));
    if (after.length > 0) all.set(key, after);
    else all.delete(key);
    await turn();
  }
  return all;
}

/** Keys that are read together, and the days. */
interface Question {
  keys: ReadonlySet<string>;
  range: DateRange;
}

/** Ranges up to this number of days are read for all keys at once, such as those of a sheet; longer ones key by key. */
const DAYS_OF_ALL = 7;
/** Days of one key per read. */
const DAYS_AT_A_TIME = 1_000;

/** Merges the days of each key, and groups keys that are read together. */
function questionsOf(changes: readonly Change[]): Question[] {
  const ranges = new Map<string, DateRange[]>();
  for (const { key, from, to } of changes) {
    const ofKey = ranges.get(key);
    if (ofKey) ofKey.push({ from, to });
    else ranges.set(key, [{ from, to }]);
  }
  const questions: Question[] = [];
  const short = new Map<string, { keys: Set<string>; range: DateRange }>();
  for (const [key, ofKey] of ranges) {
    for (const range of joined(ofKey)) {
      if (dayNumber(range.to) - dayNumber(range.from) >= DAYS_OF_ALL) {
        questions.push(...piecesOf(range).map((piece) => ({ keys: new Set([key]), range: piece })));
        continue;
      }
      const name = `${range.from} ${range.to}`;
      const others = short.get(name);
      if (others) others.keys.add(key);
      else short.set(name, { keys: new Set([key]), range });
    }
  }
  return [...questions, ...short.values()];
}

/** Splits a range; an unbounded one stays whole. */
function piecesOf({ from, to }: DateRange): DateRange[] {
  if (from === ALL_DAYS.from || to === ALL_DAYS.to) return [{ from, to }];
  const pieces: DateRange[] = [];
  const last = dayNumber(to);
  for (let start = dayNumber(from); start <= last; start += DAYS_AT_A_TIME) {
    const end = Math.min(start + DAYS_AT_A_TIME - 1, last);
    pieces.push({ from: dateOfDay(start), to: dateOfDay(end) });
  }
  return pieces;
}

/** Up to this number, keys are read one by one. */
const FEW_KEYS = 4;

async function versionsOf(
  keys: ReadonlySet<string>,
  range: DateRange,
  { maker, book: { shared }, rows }: Reading,
): Promise<Map<string, VersionColumns>> {
  const versionRows = new VersionRows(rows, shared);
  const builders = new Map<string, ColumnsBuilder>();
  for (const table of VERSION_TABLES) {
    const answers: Lines[] = [];
    if (keys.size > FEW_KEYS) answers.push(await versionRows.ofDays(table, maker, range));
    // Sequentially, as a PostgreSQL connection answers one query at a time.
    else for (const key of keys) answers.push(await versionRows.ofKey(table, maker, key, range));
    for (const lines of answers) {
      versionRows.each(lines, (_, key, version) => {
        if (!keys.has(key)) return;
        let builder = builders.get(key);
        if (!builder) builders.set(key, (builder = new ColumnsBuilder(dayOrder(maker, shared))));
        builder.add(version);
      });
    }
  }
  return new Map([...builders].map(([key, builder]) => [key, builder.build()]));
}
