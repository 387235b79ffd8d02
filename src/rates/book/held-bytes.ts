import { LINE_PARTS } from './book-lines.js';
import type { BookParts } from './book-parts.js';
import type { SharedValues } from './version-lines.js';

/*
 * Memory of V8 on a 64-bit machine: 8 bytes for a pointer or a number, 24 for an object header, 16 for a string
 * header, and two per character, as most texts have Cyrillic letters. Shared texts are counted for each line.
 */
const CELL_BYTES = 8;
const OBJECT_BYTES = 24;
const TEXT_BYTES = 16;
const LETTER_BYTES = 2;
/** Entry of a Map, without its value. */
const ENTRY_BYTES = 32;

const known = new WeakMap<readonly object[], number>();

/** Approximate bytes of a book besides its columns: its lines, and the values shared by versions. */
export function bytesBesideColumns(parts: BookParts, shared: SharedValues): number {
  const { names, banks, instants, notes } = shared;
  const lists: (readonly object[])[] = LINE_PARTS.map((part) => parts[part]);
  const ofLines = [...lists, parts.currencies.all].reduce((sum, lines) => sum + bytesOf(lines), 0);
  const ofShared = [names, banks, instants, notes].reduce(
    (sum, { size, letters }) =>
      sum + size * (CELL_BYTES + ENTRY_BYTES + TEXT_BYTES) + letters * LETTER_BYTES,
    0,
  );
  return ofLines + ofShared;
}

/** Lists are immutable, so each is measured once. */
function bytesOf(lines: readonly object[]): number {
  let bytes = known.get(lines);
  if (bytes === undefined) {
    bytes = 0;
    for (const line of lines) bytes += CELL_BYTES + OBJECT_BYTES + bytesOfFields(line);
    known.set(lines, bytes);
  }
  return bytes;
}

function bytesOfFields(line: object): number {
  let bytes = 0;
  for (const value of Object.values(line) as unknown[]) {
    bytes += CELL_BYTES;
    if (typeof value === 'string') bytes += TEXT_BYTES + value.length * LETTER_BYTES;
  }
  return bytes;
}
