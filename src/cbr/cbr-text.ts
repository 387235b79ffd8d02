import { CbrError } from './cbr.errors.js';

const DECLARATION_BYTES = 200;
const DECLARED_ENCODING = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Decodes a document by the encoding that it declares: windows-1251, but in March 2018 the bank sent
 * UTF-8 for some days. Without a declaration it is UTF-8, as XML has it.
 *
 * @throws CbrError `cbr.encoding`, or `cbr.html` for a web page, whatever its encoding
 */
export function decodeDocument(bytes: Uint8Array): string {
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  refuseWebPage(beginning);
  const encoding =
    DECLARED_ENCODING.exec(beginning.replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
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
