import { Decimal } from 'decimal.js';

/** An unsigned decimal number in plain notation with a point: `78.5850`, `5960.0000`. Trailing zeros are kept. */
export type DecimalText = string;

/** A price as the bank quotes it: `nominal` units of the currency cost `value` roubles. */
export interface Quotation {
  nominal: number;
  value: DecimalText;
}

/** A value has at most this many significant digits, so that a JSON number (IEEE 754 double) still round-trips exactly. */
const MAX_SIGNIFICANT_DIGITS = 15;
const MAX_DECIMAL_PLACES = 20;
const PLAIN_DECIMAL = /^\d{1,40}(?:\.\d{1,40})?$/;

const ZERO = '0'.charCodeAt(0);
const POINT = '.'.charCodeAt(0);

/** More digits than the product of two 15-digit operands, so products are exact. */
const Exact = Decimal.clone({ precision: 80, toExpNeg: -1e6, toExpPos: 1e6 });

/**
 * True for a decimal that Kurs stores as a price: plain notation, above zero,
 * at most 15 significant digits and 20 places after the point.
 */
export function isPrice(text: string): boolean {
  if (!PLAIN_DECIMAL.test(text)) return false;
  const places = text.split('.')[1]?.length ?? 0;
  const digits = text.replace('.', '').replace(/^0+/, '').length;
  return digits > 0 && digits <= MAX_SIGNIFICANT_DIGITS && places <= MAX_DECIMAL_PLACES;
}

/** Drops zeros in front (`007.50` is `7.50`), keeps those behind. */
export function withoutLeadingZeros(text: DecimalText): DecimalText {
  return text.startsWith('0') ? text.replace(/^0+(?=\d)/, '') : text;
}

/** Drops zeros behind the point, and the point where nothing is left behind it: `7.50` is `7.5`, `7.00` is `7`. */
export function withoutTrailingZeros(text: DecimalText): DecimalText {
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO) end -= 1;
  if (text.charCodeAt(end - 1) === POINT) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** The plain notation of a JSON number: `1e-7` is `0.0000001`. NaN and infinities come back as they are called. */
export function decimalOfNumber(number: number): string {
  return new Exact(number).toFixed();
}

/** The same number as JSON writes it: `78.5850` is `78.585`, `5960.0000` is `5960`. No float is involved. */
export function jsonNumber(text: DecimalText): string {
  return text.includes('.') ? withoutTrailingZeros(text) : text;
}

/** Whether two decimals are the same number, whatever their trailing zeros. */
export function isSameNumber(one: DecimalText, other: DecimalText): boolean {
  return one === other || new Exact(one).equals(other);
}

/** Whether one unit costs the same in both: 100 units at 84.3873 and 10 at 8.43873 do. Exact. */
export function isSameUnitRate(one: Quotation, other: Quotation): boolean {
  return new Exact(one.value)
    .times(other.nominal)
    .equals(new Exact(other.value).times(one.nominal));
}

/** Whether `unitRate`, in plain or scientific notation (`5.39256E-05`), is exactly value ÷ nominal. */
export function isUnitRateOf(unitRate: string, { nominal, value }: Quotation): boolean {
  return new Exact(unitRate).times(nominal).equals(value);
}

/** Whether `nominal` is 1, 10, 100 … 10⁹: the only ones for which a unit rate is a finite decimal with the same digits. */
export function isNominal(nominal: number): boolean {
  return Number.isInteger(nominal) && /^10{0,9}$/.test(String(nominal));
}
