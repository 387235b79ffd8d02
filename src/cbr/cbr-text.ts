import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { CbrError } from './cbr.errors.js';
import { mojibakeIn } from './mojibake.js';

const DECLARATION_BYTES = 200;
const DECLARED_ENCODING = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Decodes a document by its declared encoding: windows-1251, except for some days of March 2018, when the bank
 * sent UTF-8. Without a declaration it is UTF-8, as XML prescribes. A wrong declaration is detected in both
 * directions, and so is text that was already mis-decoded by the sender.
 *
 * @throws CbrError `cbr.encoding`, or `cbr.html` for a web page in any encoding
 */
export function decodeDocument(bytes: Uint8Array): string {
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  rejectWebPage(beginning);
  const encoding =
    DECLARED_ENCODING.exec(beginning.replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? 'utf-8';
  const decoder = decoderOf(encoding);
  // Russian text in a single-byte encoding is never valid UTF-8.
  if (decoder.encoding !== 'utf-8' && !isAscii(bytes) && isUtf8(bytes)) {
    throw new CbrError('encoding', `The answer is UTF-8, but declares ${encoding}`);
  }
  const text = decoded(decoder, bytes, encoding);
  const sign = mojibakeIn(text);
  if (sign !== undefined) {
    const shown = JSON.stringify(sign);
    throw new CbrError(
      'encoding',
      `The answer was decoded with the wrong encoding before it was sent: ${shown}`,
    );
  }
  return text;
}

/** UTF-16 is rejected: a document whose declaration is readable byte by byte is not UTF-16. */
function decoderOf(encoding: string): TextDecoder {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    if (!decoder.encoding.startsWith('utf-16')) return decoder;
  } catch (cause) {
    throw new CbrError('encoding', `Unknown encoding ${encoding}`, { cause });
  }
  throw new CbrError(
    'encoding',
    `The answer is not in ${encoding}, its declared or default encoding`,
  );
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, encoding: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CbrError(
      'encoding',
      `The answer is not in ${encoding}, its declared or default encoding`,
      { cause },
    );
  }
}

/** In February 2022 the bank's DDoS protection returned its splash page with status 200. */
export function rejectWebPage(beginning: string): void {
  if (/^[^<]{0,8}(?:<!doctype\s+html|<html)[\s>]/i.test(beginning)) {
    throw new CbrError('html', 'The answer is a web page');
  }
}
