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

/** What stands in the bank's place, and how Kurs has to call it. */
export interface BadAnswer {
  name: string;
  /** Of the failure, without `cbr.`. */
  code: string;
  answer: Handler;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The sheets that Kurs has taken before: of ten currencies each. */
export const OLDER = sheetXml('20.04.2026', sheet('74,0000'));
export const NEWEST = sheetXml('21.04.2026', sheet('75,0000'));
/** The sheet that would be next: what is wrong is done to it. */
export const NEXT = sheetXml('22.04.2026', sheet('76,0000'));

export function sheet(dollar: string, others = 6): Valute[] {
  return [at(USD, dollar), EUR, JPY, IRR, ...manyValutes(others)];
}

/** Text is sent in windows-1251, bytes as they are. */
export function document(name: string, code: string, body: string | Buffer): BadAnswer {
  const bytes = typeof body === 'string' ? encode1251(body) : body;
  return { name, code, answer: (_, response) => void response.end(bytes) };
}

/** The next sheet with one thing changed; throws when there is nothing to change. */
export function changed(name: string, code: string, from: string, to: string): BadAnswer {
  if (!NEXT.includes(from)) throw new Error(`The sheet has no "${from}"`);
  return document(name, code, NEXT.replace(from, to));
}
