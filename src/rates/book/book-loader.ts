import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowSource } from '../../database/row-source.js';
import { Interned } from './interned.js';
import type { BookLines, BookParts } from './book-parts.js';
import { LINE_PARTS, loadLines, readCurrencies } from './book-lines.js';
import { type Maker, type SharedValues, VERSION_TABLES, VersionRows } from './version-rows.js';
import { VersionsBuilder } from './versions-builder.js';

/** Rows between yields to the event loop, some milliseconds. */
const PAGE_ROWS = 4_000;

export function sharedValues(): SharedValues {
  return { names: new Interned(), banks: new Interned(), instants: new Interned() };
}

/** Reads all parts page by page. Concurrent commits may be included or not. */
export async function loadParts(rows: RowSource, shared: SharedValues): Promise<BookParts> {
  return {
    ...(await loadVersions(rows, shared)),
    currencies: await readCurrencies(rows),
    ...(await loadAllLines(rows)),
  };
}

async function loadAllLines(rows: RowSource): Promise<BookLines> {
  const lines: Partial<Record<keyof BookLines, unknown>> = {};
  for (const part of LINE_PARTS) lines[part] = await loadLines(part, rows);
  return lines as BookLines;
}

/** All versions, official and manual, in one pass over each table. */
async function loadVersions(
  rows: RowSource,
  shared: SharedValues,
): Promise<Pick<BookParts, Maker>> {
  const builders = {
    official: new VersionsBuilder('official', shared),
    manual: new VersionsBuilder('manual', shared),
  };
  const versionRows = new VersionRows(rows, shared);
  for (const table of VERSION_TABLES) {
    let page = await versionRows.page(table, 0, PAGE_ROWS);
    for (;;) {
      // PostgreSQL prepares the next page while this one is parsed.
      const next =
        page.count < PAGE_ROWS ? undefined : versionRows.page(table, page.lastRow, PAGE_ROWS);
      next?.catch(() => undefined);
      versionRows.each(page, (maker, key, version) => builders[maker].add(key, version));
      await nextTurn();
      if (!next) break;
      page = await next;
    }
  }
  return { official: await builders.official.build(), manual: await builders.manual.build() };
}
