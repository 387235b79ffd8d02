declare const byteText: unique symbol;

/**
 * Text in which every character stands for one byte of UTF-8. V8 joins and copies such texts about twice as fast
 * as texts beyond Latin-1, and every rate has Cyrillic letters in its name.
 */
export type ByteText = string & { readonly [byteText]: true };

/** Names and codes repeat in every row; the bound is for names of manual rates. */
const known = new Map<string, ByteText>();
const MOST_KNOWN = 10_000;

/** The JSON text of a name or code. */
export function jsonByteText(text: string | null): ByteText {
  if (text === null) return 'null' as ByteText;
  let json = known.get(text);
  if (json === undefined) {
    json = Buffer.from(JSON.stringify(text)).toString('latin1') as ByteText;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, json);
  }
  return json;
}

/** Encodes joined texts as bytes. */
export function bytesOfByteText(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Most bytes of UTF-8 for one UTF-16 unit. */
const LONGEST_CHARACTER = 3;
const ENCODER = new TextEncoder();
const SCRATCH = new Uint8Array(1024 * 1024);

/** Like Buffer.from, which takes more than twice as long for non-ASCII text. */
export function bytesOf(text: string): Buffer {
  const most = text.length * LONGEST_CHARACTER;
  if (most > SCRATCH.length) return Buffer.from(text);
  const { written } = ENCODER.encodeInto(text, SCRATCH);
  return Buffer.from(SCRATCH.subarray(0, written));
}
