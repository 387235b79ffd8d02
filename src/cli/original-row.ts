import { CURRENCY_CODE } from '../common/currency-code.js';
import { decimalOfNumber, isPrice, withoutLeadingZeros } from '../common/decimal.js';
import { isRouble } from '../rates/model/index.js';
import { instantIn } from './original-time.js';

/** A row of the original's table, as SQLite gives it. */
export interface OriginalRow {
  rowid: number;
  id: unknown;
  code: unknown;
  name: unknown;
  value: unknown;
  created_at: unknown;
}

/** A row that can be taken over. */
export interface ReadRow {
  code: string;
  name: string;
  value: string;
  created_at: Date;
}

/** No control character, and no half of a surrogate pair. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/**
 * Reads one row, or says why it cannot be taken over. The original kept values as doubles: each becomes
 * the shortest decimal that is that double, and none is rounded.
 *
 * @param zone in which a time without a zone is meant
 */
export function readOriginalRow(row: OriginalRow, zone: string, now: Date): ReadRow | string {
  const code = typeof row.code === 'string' ? row.code.trim().toUpperCase() : '';
  if (!CURRENCY_CODE.test(code)) {
    return `code is ${shown(row.code)}; 2 to 12 letters or digits, a letter first, are wanted`;
  }
  if (isRouble(code)) return `code is ${shown(row.code)}; a rouble has no rate in roubles`;
  const name = typeof row.name === 'string' ? row.name.trim() : '';
  if (!NAME.test(name)) {
    return `name is ${shown(row.name)}; 1 to 200 characters of valid text are wanted, none of them a control character`;
  }
  const value = decimalIn(row.value);
  if (!isPrice(value)) {
    return `value is ${shown(row.value)}; a number above zero of at most 15 significant digits is wanted`;
  }
  const created_at = instantIn(row.created_at, zone);
  if (created_at === undefined) {
    return `created_at is ${shown(row.created_at)}; a time such as 2025-12-23 15:05:44.987000 is wanted`;
  }
  if (created_at > now) return `created_at is ${shown(row.created_at)}, which is yet to come`;
  return { code, name, value, created_at };
}

/** Text keeps its digits; everything that is neither text nor a number is no decimal. */
function decimalIn(value: unknown): string {
  if (typeof value === 'number') return decimalOfNumber(value);
  return typeof value === 'string' ? withoutLeadingZeros(value.trim()) : '';
}

/** As people write it, and never longer than a line. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`.slice(0, 60);
  const text = value === null ? 'NULL' : (JSON.stringify(value) as string | undefined);
  return (typeof value === 'number' ? String(value) : (text ?? typeof value)).slice(0, 60);
}
