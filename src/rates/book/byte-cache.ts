/** Maximum number of entries; then the cache is cleared. */
const MOST_TEXTS = 32_768;
/** Bytes hashed at the start and at the end of a text, where most differences are. */
const HASHED_BYTES = 10;

interface Entry<Value> {
  /** One character per byte. */
  bytes: string;
  value: Value;
}

/** Cache of values by UTF-8 bytes. Rows repeat few texts, and decoding takes longer than the rest of parsing. */
export class ByteCache<Value> {
  /** By hash; a collision replaces the older entry. */
  private readonly entries = new Map<number, Entry<Value>>();
  /** Consecutive rows often share a text. */
  private last: Entry<Value> | undefined;

  constructor(private readonly valueOf: (text: string) => Value) {}

  /** Value of the text from byte `from` to byte `to` (exclusive). */
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

/** FNV-1a, reduced to V8's small integers. */
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
  // Backwards, as texts of the same kind start alike.
  for (let index = bytes.length - 1; index >= 0; index--) {
    if (bytes.charCodeAt(index) !== source[from + index]) return false;
  }
  return true;
}
