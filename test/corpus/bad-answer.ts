import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Valute,
  encode1251,
  EUR,
  IRR,
  JPY,
  sheetXml,
  USD,
  at,
  manyValutes,
} from '../support/sheet-builder.js';

/** A bad answer of the bank, and the error code that Kurs must report. */
export interface BadAnswer {
  name: string;
  /** Error code, without `cbr.`. */
  code: string;
  answer: Handler;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Sheets that Kurs has recorded before, with ten currencies each. */
export const OLDER = sheetXml('20.04.2026', sheet('74,0000'));
export const NEWEST = sheetXml('21.04.2026', sheet('75,0000'));
/** The next sheet, from which invalid ones are derived. */
export const NEXT = sheetXml('22.04.2026', sheet('76,0000'));

export function sheet(dollar: string, others = 6): Valute[] {
  return [at(USD, dollar), EUR, JPY, IRR, ...manyValutes(others)];
}

/** Text is sent in windows-1251, bytes as they are. */
export function document(name: string, code: string, body: string | Buffer): BadAnswer {
  const bytes = typeof body === 'string' ? encode1251(body) : body;
  return { name, code, answer: (_, response) => void response.end(bytes) };
}

/** The next sheet with one change. @throws if it does not contain `from` */
export function changed(name: string, code: string, from: string, to: string): BadAnswer {
  if (!NEXT.includes(from)) throw new Error(`The sheet has no "${from}"`);
  return document(name, code, NEXT.replace(from, to));
}
