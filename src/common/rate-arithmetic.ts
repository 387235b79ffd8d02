import { Decimal } from 'decimal.js';
import { type DecimalText, type Quotation, withoutTrailingZeros } from './decimal.js';

/** Derived figures have this many significant digits, rounded half even. */
export const DERIVED_DIGITS = 28;

/** Holds every product and sum of published figures exactly: sixty digits are the most that two of them make. */
const Exact = Decimal.clone({ precision: 80, toExpNeg: -1e6, toExpPos: 1e6 });
const Derived = Decimal.clone({
  precision: DERIVED_DIGITS,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -1e6,
  toExpPos: 1e6,
});

export type RoundingMode = 'half_up' | 'half_even';

/**
 * A price as the fraction of two exact decimals: published figures are never divided before the last
 * step, so every derived figure is rounded once.
 */
export interface Fraction {
  readonly over: Decimal;
  readonly under: Decimal;
}

/** The price of one unit: value ÷ nominal. */
export function fractionOf({ nominal, value }: Quotation): Fraction {
  return { over: new Exact(value), under: new Exact(nominal) };
}

export function fraction(over: DecimalText | number, under: DecimalText | number = 1): Fraction {
  return { over: new Exact(over), under: new Exact(under) };
}

export function times(one: Fraction, other: Fraction): Fraction {
  return { over: one.over.times(other.over), under: one.under.times(other.under) };
}

export function dividedBy(one: Fraction, other: Fraction): Fraction {
  return { over: one.over.times(other.under), under: one.under.times(other.over) };
}

/** `value ÷ nominal` with every digit; the nominal is a power of ten, so that only the point moves. Zeros at the end are dropped. */
export function unitRate({ nominal, value }: Quotation): DecimalText {
  const { digits, places } = scaled(value);
  return textOf({ digits, places: places + String(nominal).length - 1 });
}

/** The fraction as a decimal of 28 significant digits, half even; of fewer only where it is exact. */
export function derived({ over, under }: Fraction): DecimalText {
  const figure = Derived.div(over, under);
  const isExact = new Exact(figure).times(under).equals(over);
  return isExact ? figure.toFixed() : figure.toFixed(Math.max(0, DERIVED_DIGITS - 1 - figure.e));
}

/** `one − other`, exact. */
export function difference(one: DecimalText, other: DecimalText): DecimalText {
  const [left, right, places] = aligned(one, other);
  return textOf({ digits: left - right, places });
}

/** How much `now` is above `before`, in per cent with four decimals, half even: `-0.4120`. */
export function changePercent(now: DecimalText, before: DecimalText): DecimalText {
  const [left, right] = aligned(now, before);
  const over = (left - right) * 100n * 10n ** BigInt(PERCENT_PLACES);
  return textOf({ digits: quotientHalfEven(over, right), places: PERCENT_PLACES }, PERCENT_PLACES);
}

export function isGreater(one: DecimalText, other: DecimalText): boolean {
  const [left, right] = aligned(one, other);
  return left > right;
}

/** The exact sum. */
export function sum(one: DecimalText, other: DecimalText): DecimalText {
  const [left, right, places] = aligned(one, other);
  return textOf({ digits: left + right, places });
}

/** Rounds to `places` decimals, which are written even when they are zeros. */
export function rounded(
  { over, under }: Fraction,
  places: number,
  mode: RoundingMode,
): DecimalText {
  const rounding = mode === 'half_even' ? Decimal.ROUND_HALF_EVEN : Decimal.ROUND_HALF_UP;
  // Divided in one step with many more digits than are kept, or 0.125 might arrive as 0.1249999….
  return new Exact(over).div(under).toFixed(places, rounding);
}

const PERCENT_PLACES = 4;

/** `digits` ÷ 10^places. Histories compute thousands of changes: whole numbers are ten times as fast at it. */
interface Scaled {
  digits: bigint;
  places: number;
}

function scaled(text: DecimalText): Scaled {
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), places: 0 };
  const places = text.length - point - 1;
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), places };
}

/** Both with as many places as the longer one. */
function aligned(one: DecimalText, other: DecimalText): [bigint, bigint, places: number] {
  const [left, right] = [scaled(one), scaled(other)];
  const places = Math.max(left.places, right.places);
  const digitsOf = ({ digits, places: own }: Scaled) => digits * 10n ** BigInt(places - own);
  return [digitsOf(left), digitsOf(right), places];
}

/** Plain notation without zeros at the end, or with exactly `shownPlaces` decimals. */
function textOf({ digits, places }: Scaled, shownPlaces?: number): DecimalText {
  const sign = digits < 0n ? '-' : '';
  const figures = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  if (places === 0) return sign + figures;
  const text = `${figures.slice(0, -places)}.${figures.slice(-places)}`;
  return sign + (shownPlaces === undefined ? withoutTrailingZeros(text) : text);
}

/** `under` is positive. */
function quotientHalfEven(over: bigint, under: bigint): bigint {
  const isNegative = over < 0n;
  const absolute = isNegative ? -over : over;
  let quotient = absolute / under;
  const twice = (absolute % under) * 2n;
  if (twice > under || (twice === under && quotient % 2n === 1n)) quotient += 1n;
  return isNegative ? -quotient : quotient;
}
