import { CURRENCY_CODE } from '../../common/currency-code.js';
import { decimalOfNumber, isPrice, withoutLeadingZeros } from '../../common/decimal.js';
import { isRouble } from '../../rates/model/index.js';
import { parseInstant } from './original-time.js';

/** A row of the original's table as SQLite returns it. */
export interface OriginalRow {
  rowid: number;
  id: unknown;
  code: unknown;
  name: unknown;
  value: unknown;
  created_at: unknown;
}

/** A row that can be imported. */
export interface ParsedRow {
  code: string;
  name: string;
  value: string;
  created_at: Date;
}

/** Without control characters and lone surrogates. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/**
 * Parses one row, or returns the reason to reject it. The original stored values as doubles: each becomes
 * the shortest decimal with that double, without rounding.
 *
 * @param zone of a time without one
 */
export function parseOriginalRow(row: OriginalRow, zone: string, now: Date): ParsedRow | string {
  const code = typeof row.code === 'string' ? row.code.trim().toUpperCase() : '';
  if (!CURRENCY_CODE.test(code)) {
    return `code is ${shown(row.code)}; expected 2 to 12 letters or digits, the first a letter`;
  }
  if (isRouble(code)) return `code is ${shown(row.code)}; the rouble has no rate in roubles`;
  const name = typeof row.name === 'string' ? row.name.trim() : '';
  if (!NAME.test(name)) {
    return `name is ${shown(row.name)}; expected 1 to 200 characters of valid text without control characters`;
  }
  const value = decimalIn(row.value);
  if (!isPrice(value)) {
    return `value is ${shown(row.value)}; expected a positive number of at most 15 significant digits`;
  }
  const created_at = parseInstant(row.created_at, zone);
  if (created_at === undefined) {
    return `created_at is ${shown(row.created_at)}; expected a time such as 2025-12-23 15:05:44.987000`;
  }
  if (created_at > now) return `created_at is ${shown(row.created_at)}, which is in the future`;
  return { code, name, value, created_at };
}

/** Text keeps its digits; anything but text and numbers becomes invalid. */
function decimalIn(value: unknown): string {
  if (typeof value === 'number') return decimalOfNumber(value);
  return typeof value === 'string' ? withoutLeadingZeros(value.trim()) : '';
}

/** As SQL writes it, cut to fit a line. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`.slice(0, 60);
  const text = value === null ? 'NULL' : (JSON.stringify(value) as string | undefined);
  return (typeof value === 'number' ? String(value) : (text ?? typeof value)).slice(0, 60);
}
