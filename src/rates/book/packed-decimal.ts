import type { DecimalText } from '../../common/decimal.js';

const POINT = '.'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);

/**
 * A price as an integer and its number of decimals: `84.3830` is 843830 and 4. A price has at most 15 significant
 * digits, so the integer is exact in a double.
 */
export interface PackedDecimal {
  digits: number;
  places: number;
}

/** @throws RangeError for a text that would not round-trip */
export function packDecimal(text: DecimalText): PackedDecimal {
  let digits = 0;
  let point = -1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
    else if (code === POINT && point < 0 && index > 0) point = index;
    else throw new RangeError(`"${text}" is not a price in plain notation`);
  }
  const whole = point < 0 ? text.length : point;
  const hasLeadingZero = whole > 1 && text.charCodeAt(0) === ZERO;
  if (hasLeadingZero || whole === 0 || point === text.length - 1 || !Number.isSafeInteger(digits)) {
    throw new RangeError(`"${text}" is not a price in plain notation`);
  }
  return { digits, places: point < 0 ? 0 : text.length - point - 1 };
}

export function unpackDecimal(digits: number, places: number): DecimalText {
  const text = String(digits);
  if (places === 0) return text;
  const padded = text.length > places ? text : text.padStart(places + 1, '0');
  const point = padded.length - places;
  return `${padded.slice(0, point)}.${padded.slice(point)}`;
}
