import type { RowSource } from '../../database/row-source.js';
import { LINE_PARTS, loadLines, readCurrencies } from './book-lines.js';
import type { BookLines, BookParts } from './book-parts.js';
import { Interned } from './interned.js';
import type { Slices } from '../../database/slices.js';
import { type Maker, type SharedValues, VERSION_TABLES } from './version-lines.js';
import { VersionReader } from './version-reader.js';
import { VersionsBuilder } from './versions-builder.js';

export function sharedValues(): SharedValues {
  return {
    names: new Interned(),
    banks: new Interned(),
    instants: new Interned(),
    notes: new Interned(),
  };
}

/** Reads all parts page by page. Concurrent commits may be included or not. */
export async function loadParts(
  rows: RowSource,
  shared: SharedValues,
  slices: Slices,
): Promise<BookParts> {
  return {
    ...(await loadVersions(new VersionReader(rows, shared, slices), shared, slices)),
    currencies: await readCurrencies(rows),
    ...(await loadAllLines(rows, slices)),
  };
}

async function loadAllLines(rows: RowSource, slices: Slices): Promise<BookLines> {
  const lines: Partial<Record<keyof BookLines, unknown>> = {};
  for (const part of LINE_PARTS) lines[part] = await loadLines(part, rows, slices);
  return lines as BookLines;
}

/** All versions, official and manual, in one pass over each table. */
async function loadVersions(
  reader: VersionReader,
  shared: SharedValues,
  slices: Slices,
): Promise<Pick<BookParts, Maker>> {
  const builders = {
    official: new VersionsBuilder('official', shared),
    manual: new VersionsBuilder('manual', shared),
  };
  for (const table of VERSION_TABLES) {
    await reader.all(table, (maker, key, version) => builders[maker].add(key, version));
  }
  return {
    official: await builders.official.build(slices),
    manual: await builders.manual.build(slices),
  };
}
