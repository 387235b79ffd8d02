import { CbrError } from './cbr.errors.js';

/** The dollar's whole series, the longest document, has 70,000 and grows by 2,000 a year. */
const MOST_TAGS = 150_000;
const MOST_ATTRIBUTES = 150_000;
/** The bank's documents are three levels deep. */
const DEEPEST = 32;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const BANG = 0x21;
const QUESTION = 0x3f;

/**
 * Rejects documents that would block the parser, and with it the event loop, for seconds: 4 MiB of `<a/>` take
 * xml2js 2.4 s and 200 MB, and it has no depth limit. One pass over the characters, 20 ms at most.
 *
 * @throws CbrError `cbr.too_complex`
 */
export function rejectBomb(text: string): void {
  let tags = 0;
  let attributes = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === LESS) {
      const next = text.charCodeAt(at + 1);
      tags++;
      if (next === SLASH) depth--;
      else if (next !== BANG && next !== QUESTION) depth++;
    } else if (character === GREATER && text.charCodeAt(at - 1) === SLASH) depth--;
    else if (character === EQUALS) attributes++;
    if (depth > DEEPEST || tags > MOST_TAGS || attributes > MOST_ATTRIBUTES) {
      const message = `${tags} tags, ${depth} deep, ${attributes} attributes in ${at} characters are no document of the bank`;
      throw new CbrError('too_complex', message);
    }
  }
}
