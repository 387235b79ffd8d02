import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowSource } from '../../database/row-source.js';
import { ColumnsBuilder, type DayOrder } from './columns-builder.js';
import { manualOrder, officialOrder } from './day-orders.js';
import { Interned } from './interned.js';
import type { BookLines, BookParts } from './book-parts.js';
import { LINE_PARTS, loadLines, readCurrencies } from './book-lines.js';
import type { VersionColumns } from './version-columns.js';
import { type Maker, type SharedValues, VERSION_TABLES, VersionRows } from './version-rows.js';

/** Rows read between two turns of the event loop: a few milliseconds. */
const PAGE_ROWS = 2_000;

export function sharedValues(): SharedValues {
  return { names: new Interned(), banks: new Interned(), instants: new Interned() };
}

/** In which order the versions of one day stand. */
export function dayOrder(maker: Maker, shared: SharedValues): DayOrder {
  return maker === 'official' ? officialOrder(shared) : manualOrder(shared);
}

/** Reads all of it, page by page; what is committed meanwhile may be in it or not. */
export async function loadParts(rows: RowSource, shared: SharedValues): Promise<BookParts> {
  return {
    official: await loadVersions('official', rows, shared),
    manual: await loadVersions('manual', rows, shared),
    currencies: await readCurrencies(rows),
    ...(await loadAllLines(rows)),
  };
}

async function loadAllLines(rows: RowSource): Promise<BookLines> {
  const lines: Partial<Record<keyof BookLines, unknown>> = {};
  for (const part of LINE_PARTS) lines[part] = await loadLines(part, rows, PAGE_ROWS);
  return lines as BookLines;
}

async function loadVersions(
  maker: Maker,
  rows: RowSource,
  shared: SharedValues,
): Promise<Map<string, VersionColumns>> {
  const builders = new Map<string, ColumnsBuilder>();
  const versionRows = new VersionRows(rows, shared);
  const order = dayOrder(maker, shared);
  for (const table of VERSION_TABLES) {
    for (let last = 0; ;) {
      const { keys, versions, lastRow } = await versionRows.page(table, maker, last, PAGE_ROWS);
      versions.forEach((version, index) => {
        const key = keys[index] ?? '';
        let builder = builders.get(key);
        if (builder === undefined) builders.set(key, (builder = new ColumnsBuilder(order)));
        builder.add(version);
      });
      last = lastRow;
      await nextTurn();
      if (versions.length < PAGE_ROWS) break;
    }
  }
  const all = new Map<string, VersionColumns>();
  for (const [key, builder] of builders) {
    all.set(key, builder.build());
    builders.delete(key);
    await nextTurn();
  }
  return all;
}
