import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { CbrError } from './cbr.errors.js';
import { mojibakeIn } from './mojibake.js';

const DECLARATION_BYTES = 200;
const DECLARED_ENCODING = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Decodes a document by the encoding that it declares: windows-1251, but in March 2018 the bank sent
 * UTF-8 for some days. Without a declaration it is UTF-8, as XML has it. A declaration that lies is
 * found out, in both directions, and so is text that was misread before it was sent.
 *
 * @throws CbrError `cbr.encoding`, or `cbr.html` for a web page, whatever its encoding
 */
export function decodeDocument(bytes: Uint8Array): string {
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  refuseWebPage(beginning);
  const encoding =
    DECLARED_ENCODING.exec(beginning.replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? 'utf-8';
  const decoder = decoderOf(encoding);
  // No Russian text in a single-byte encoding is valid UTF-8 as a whole.
  if (decoder.encoding !== 'utf-8' && !isAscii(bytes) && isUtf8(bytes)) {
    throw new CbrError('encoding', `The answer is UTF-8, not ${encoding}, as it says it is`);
  }
  const text = decoded(decoder, bytes, encoding);
  const sign = mojibakeIn(text);
  if (sign !== undefined) {
    const shown = JSON.stringify(sign);
    throw new CbrError('encoding', `The answer was misread before it was sent: ${shown}`);
  }
  return text;
}

/** UTF-16 is not decoded: a declaration that can be read byte by byte is not in it. */
function decoderOf(encoding: string): TextDecoder {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    if (!decoder.encoding.startsWith('utf-16')) return decoder;
  } catch (cause) {
    throw new CbrError('encoding', `Nobody knows the encoding ${encoding}`, { cause });
  }
  throw new CbrError('encoding', `The answer is not ${encoding}, as it says it is`);
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, encoding: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CbrError('encoding', `The answer is not ${encoding}, as it says it is`, { cause });
  }
}

/** In February 2022 the bank's DDoS guard sent its splash page with status 200. */
export function refuseWebPage(beginning: string): void {
  if (/^[^<]{0,8}(?:<!doctype\s+html|<html)[\s>]/i.test(beginning)) {
    throw new CbrError('html', 'The answer is a web page');
  }
}
