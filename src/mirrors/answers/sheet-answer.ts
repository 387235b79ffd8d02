import type { Response } from 'express';
import { decodeDocument } from '../../cbr/cbr-text.js';
import { nameQuarantined, ShortAnswer } from '../../http/answers/index.js';
import type { OfficialSheet, OfficialSheets } from '../../rates/reading/index.js';
import { sheetType } from './document-types.js';
import { builtSheet, withEnglishNames } from './sheet-xml.js';
import { windows1251 } from './windows-1251.js';

const DECLARED = /(<\?xml[^>]*\sencoding=["'])([\w-]+)/;

export interface SheetForm {
  names: 'Russian' | 'English';
  encoding: 'windows-1251' | 'utf-8';
}

/** As the bank sends it. */
export const BANK_FORM: SheetForm = { names: 'Russian', encoding: 'windows-1251' };

/**
 * The document of a sheet: the bank's own bytes where they are stored and say exactly this, otherwise built, and
 * marked `Kurs-Built`.
 *
 * @throws SheetNotLoadedError, database errors
 */
export async function sheetAnswer(
  sheets: OfficialSheets,
  sheet: OfficialSheet,
  { names, encoding }: SheetForm,
  response: Response,
): Promise<ShortAnswer> {
  nameQuarantined(response, sheet.quarantined);
  const own = sheet.document ? await sheets.bytes(sheet) : undefined;
  // For some days of March 2018 the bank's documents were UTF-8.
  const declared = own && DECLARED.exec(own.toString('latin1', 0, 100))?.[2]?.toLowerCase();
  const isBanks = names === 'Russian' && (encoding === 'windows-1251' || declared === encoding);
  if (own && isBanks) return xmlAnswer(own, declared ?? encoding);
  response.setHeader('Kurs-Built', 'true');
  const text = own ? decodeDocument(own) : builtSheet(sheet);
  const named = names === 'English' ? withEnglishNames(text, sheet) : text;
  const name = encoding === 'utf-8' ? 'UTF-8' : encoding;
  const document = named.replace(DECLARED, (_, before: string) => `${before}${name}`);
  const bytes = encoding === 'utf-8' ? Buffer.from(document) : windows1251(document);
  return xmlAnswer(bytes, encoding);
}

function xmlAnswer(bytes: Buffer, encoding: string): ShortAnswer {
  return new ShortAnswer(bytes, sheetType(encoding));
}
