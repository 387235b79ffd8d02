/** With more texts than that it begins anew. */
const MOST_TEXTS = 32_768;
/** The first and last bytes of a text that are hashed: most differences are there. */
const HASHED_BYTES = 10;

interface Entry<Value> {
  /** A letter for each byte. */
  bytes: string;
  value: Value;
}

/**
 * What UTF-8 texts stand for, looked up by their bytes. Rows repeat a few texts, and decoding each of them takes
 * longer than everything else about a row.
 */
export class ByteCache<Value> {
  /** By hash; of two texts with the same hash, the one seen last. */
  private readonly entries = new Map<number, Entry<Value>>();
  /** Rows come in runs that share a text. */
  private last: Entry<Value> | undefined;

  constructor(private readonly valueOf: (text: string) => Value) {}

  /** The value of the text from byte `from` to byte `to` (excluded). */
  at(source: Buffer, from: number, to: number): Value {
    const { last } = this;
    if (last && isSame(last.bytes, source, from, to)) return last.value;
    const hash = hashOf(source, from, to);
    let entry = this.entries.get(hash);
    if (!entry || !isSame(entry.bytes, source, from, to)) {
      const value = this.valueOf(source.toString('utf8', from, to));
      entry = { bytes: source.toString('latin1', from, to), value };
      if (this.entries.size >= MOST_TEXTS) this.entries.clear();
      this.entries.set(hash, entry);
    }
    this.last = entry;
    return entry.value;
  }
}

/** FNV-1a, cut to what V8 keeps as a small integer. */
function hashOf(source: Buffer, from: number, to: number): number {
  let hash = 0x811c9dc5;
  const start = Math.min(to, from + HASHED_BYTES);
  for (let index = from; index < start; index++) {
    hash = Math.imul(hash ^ (source[index] ?? 0), 0x01000193);
  }
  for (let index = Math.max(start, to - HASHED_BYTES); index < to; index++) {
    hash = Math.imul(hash ^ (source[index] ?? 0), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff;
}

function isSame(bytes: string, source: Buffer, from: number, to: number): boolean {
  if (bytes.length !== to - from) return false;
  // Backwards: what is of the same kind begins alike.
  for (let index = bytes.length - 1; index >= 0; index--) {
    if (bytes.charCodeAt(index) !== source[from + index]) return false;
  }
  return true;
}
