import { Decimal } from 'decimal.js';
import {
  type DecimalText,
  type Quotation,
  withoutLeadingZeros,
  withoutTrailingZeros,
} from './decimal.js';

/** Derived figures have this many significant digits, rounded half even. */
const DERIVED_DIGITS = 28;

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
  const { figures, places } = figuresOf(value);
  const moved = places + String(nominal).length - 1;
  const text = pointed(withoutLeadingZeros(figures), moved);
  return moved === 0 ? text : withoutTrailingZeros(text);
}

/** The fraction as a decimal of 28 significant digits, half even; of fewer only where it is exact. */
export function derived({ over, under }: Fraction): DecimalText {
  const figure = Derived.div(over, under);
  const isExact = new Exact(figure).times(under).equals(over);
  return isExact ? figure.toFixed() : figure.toFixed(Math.max(0, DERIVED_DIGITS - 1 - figure.e));
}

/** `one − other`, exact. */
export function difference(one: DecimalText, other: DecimalText): DecimalText {
  const numbers = alignedNumbers(one, other);
  if (numbers) return textOf({ digits: numbers[0] - numbers[1], places: numbers[2] });
  const [left, right, places] = aligned(one, other);
  return textOf({ digits: left - right, places });
}

/** How much `now` is above `before`, in per cent with four decimals, half even: `-0.4120`. */
export function changePercent(now: DecimalText, before: DecimalText): DecimalText {
  return textOf({ digits: changeInPercent(now, before), places: PERCENT_PLACES }, PERCENT_PLACES);
}

function changeInPercent(now: DecimalText, before: DecimalText): number | bigint {
  const numbers = alignedNumbers(now, before);
  if (numbers) {
    const over = (numbers[0] - numbers[1]) * PERCENT_STEPS;
    if (Number.isSafeInteger(over)) return numberQuotientHalfEven(over, numbers[1]);
  }
  const [left, right] = aligned(now, before);
  const over = (left - right) * 100n * 10n ** BigInt(PERCENT_PLACES);
  return quotientHalfEven(over, right);
}

export function isGreater(one: DecimalText, other: DecimalText): boolean {
  const [left, right] = alignedNumbers(one, other) ?? aligned(one, other);
  return left > right;
}

/** The exact sum. */
export function sum(one: DecimalText, other: DecimalText): DecimalText {
  const numbers = alignedNumbers(one, other);
  if (numbers) return textOf({ digits: numbers[0] + numbers[1], places: numbers[2] });
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
const PERCENT_STEPS = 100 * 10 ** PERCENT_PLACES;

/**
 * `digits` ÷ 10^places. Histories compute thousands of changes: whole numbers are ten times as fast at it
 * as decimals, and those below 2^53 ten times as fast as the others.
 */
interface Scaled<Whole extends number | bigint> {
  digits: Whole;
  places: number;
}

/** Any whole number of so many figures is below 2^53. */
const SAFE_FIGURES = 15;

function scaled(text: DecimalText): Scaled<bigint> {
  const { figures, places } = figuresOf(text);
  return { digits: BigInt(figures), places };
}

function figuresOf(text: DecimalText): { figures: string; places: number } {
  const point = text.indexOf('.');
  if (point < 0) return { figures: text, places: 0 };
  return { figures: text.slice(0, point) + text.slice(point + 1), places: text.length - point - 1 };
}

/** Both with as many places as the longer one. */
function aligned(one: DecimalText, other: DecimalText): [bigint, bigint, places: number] {
  const [left, right] = [scaled(one), scaled(other)];
  const places = Math.max(left.places, right.places);
  const digitsOf = ({ digits, places: own }: Scaled<bigint>) =>
    digits * 10n ** BigInt(places - own);
  return [digitsOf(left), digitsOf(right), places];
}

/** The same as numbers; undefined where they, or their difference, might be 2^53 or more. */
function alignedNumbers(
  one: DecimalText,
  other: DecimalText,
): [number, number, places: number] | undefined {
  const [left, right] = [figuresOf(one), figuresOf(other)];
  const places = Math.max(left.places, right.places);
  const longer = Math.max(
    left.figures.length + places - left.places,
    right.figures.length + places - right.places,
  );
  if (longer > SAFE_FIGURES) return undefined;
  return [
    Number(left.figures.padEnd(left.figures.length + places - left.places, '0')),
    Number(right.figures.padEnd(right.figures.length + places - right.places, '0')),
    places,
  ];
}

/** Plain notation without zeros at the end, or with exactly `shownPlaces` decimals. */
function textOf({ digits, places }: Scaled<number | bigint>, shownPlaces?: number): DecimalText {
  const sign = digits < 0 ? '-' : '';
  const text = sign + pointed(String(digits < 0 ? -digits : digits), places);
  return shownPlaces === undefined && places > 0 ? withoutTrailingZeros(text) : text;
}

/** The figures with a point before the last `places` of them. */
function pointed(figures: string, places: number): DecimalText {
  if (places === 0) return figures;
  const padded = figures.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
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

/** The same of numbers, `over` below 2^53: a remainder of numbers is exact, and so is what is left without it. */
function numberQuotientHalfEven(over: number, under: number): number {
  const absolute = Math.abs(over);
  const rest = absolute % under;
  let quotient = (absolute - rest) / under;
  if (rest > under - rest || (rest === under - rest && quotient % 2 === 1)) quotient += 1;
  return over < 0 ? -quotient : quotient;
}
