import { type DecimalText, type Quotation, withoutTrailingZeros } from './decimal.js';

/** Derived figures have this many significant digits, rounded half even. */
const DERIVED_DIGITS = 28;
const PERCENT_PLACES = 4;
const PERCENT_STEPS = 1_000_000n;
const ZERO = '0'.charCodeAt(0);

export type RoundingMode = 'half_up' | 'half_even';

/** A decimal number: `digits` ÷ 10^places, exact. */
export interface Figure {
  readonly digits: bigint;
  readonly places: number;
}

/**
 * A price as the fraction of two whole numbers: published figures are never divided before the last step, so
 * every derived figure is rounded once.
 */
export interface Fraction {
  readonly over: bigint;
  /** Above zero. */
  readonly under: bigint;
}

export function figureOf(text: DecimalText): Figure {
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), places: 0 };
  return {
    digits: BigInt(text.slice(0, point) + text.slice(point + 1)),
    places: text.length - point - 1,
  };
}

/** Plain notation, with as many decimals as the figure has places. */
export function textOf({ digits, places }: Figure): DecimalText {
  if (digits < 0) return `-${pointed(String(-digits), places)}`;
  return pointed(String(digits), places);
}

/** The price of one unit: value ÷ nominal. */
export function fractionOf({ nominal, value }: Quotation): Fraction {
  const { digits, places } = figureOf(value);
  return { over: digits, under: BigInt(nominal) * powerOfTen(places) };
}

export function fraction(over: DecimalText | number, under: DecimalText | number = 1): Fraction {
  const [top, bottom] = [figureOf(String(over)), figureOf(String(under))];
  return {
    over: top.digits * powerOfTen(bottom.places),
    under: bottom.digits * powerOfTen(top.places),
  };
}

export function times(one: Fraction, other: Fraction): Fraction {
  return { over: one.over * other.over, under: one.under * other.under };
}

/** @param other above zero */
export function dividedBy(one: Fraction, other: Fraction): Fraction {
  return { over: one.over * other.under, under: one.under * other.over };
}

/** `value ÷ nominal` with every digit; the nominal is a power of ten, so that only the point moves. Zeros at the end are dropped. */
export function unitFigure({ nominal, value }: Quotation): Figure {
  const { digits, places } = figureOf(value);
  return trimmed(digits, places + String(nominal).length - 1);
}

export function unitRate(quotation: Quotation): DecimalText {
  return textOf(unitFigure(quotation));
}

/** The fraction as a decimal of `significant` digits, half even; of fewer only where it is exact. */
export function derivedFigure({ over, under }: Fraction, significant = DERIVED_DIGITS): Figure {
  if (over === 0n) return { digits: 0n, places: 0 };
  // An estimate: next to a power of ten it may be one off.
  let places = significant - 1 - Math.floor(Math.log10(Number(over) / Number(under)));
  for (;;) {
    const scaled = places < 0 ? over : over * powerOfTen(places);
    const by = places < 0 ? under * powerOfTen(-places) : under;
    const quotient = scaled / by;
    if (quotient >= powerOfTen(significant)) places -= 1;
    else if (quotient < powerOfTen(significant - 1)) places += 1;
    else return roundedFigure({ quotient, rest: scaled - quotient * by, by }, places, significant);
  }
}

/** With 28 significant digits, or `significant`; rounded once. */
export function derived(price: Fraction, significant = DERIVED_DIGITS): DecimalText {
  return textOf(derivedFigure(price, significant));
}

function roundedFigure(
  { quotient, rest, by }: { quotient: bigint; rest: bigint; by: bigint },
  places: number,
  significant: number,
): Figure {
  if (rest === 0n) return places > 0 ? trimmed(quotient, places) : whole(quotient, places);
  const digits = isRoundedUp(quotient, rest, by, 'half_even') ? quotient + 1n : quotient;
  if (places <= 0) return whole(digits, places);
  // 9.99… has become 10.00…, of one digit more.
  if (digits === powerOfTen(significant)) return { digits: digits / 10n, places: places - 1 };
  return { digits, places };
}

/** Rounds to `places` decimals, which are written even when they are zeros. */
export function rounded(
  { over, under }: Fraction,
  places: number,
  mode: RoundingMode,
): DecimalText {
  const scaled = over * powerOfTen(places);
  const quotient = scaled / under;
  const isUp = isRoundedUp(quotient, scaled - quotient * under, under, mode);
  return textOf({ digits: isUp ? quotient + 1n : quotient, places });
}

/** `now − before`, exact, and the same in per cent of `before` with four decimals, half even: `-0.4120`. */
export function changeOf(
  now: Figure,
  before: Figure,
): { change: DecimalText; change_percent: DecimalText } {
  const places = Math.max(now.places, before.places);
  const right = aligned(before, places);
  const difference = aligned(now, places) - right;
  const change = textOf({ digits: difference, places });
  const percent = percentOf(difference, right);
  return {
    change: places > 0 ? withoutTrailingZeros(change) : change,
    change_percent: textOf({ digits: percent, places: PERCENT_PLACES }),
  };
}

function percentOf(difference: bigint, under: bigint): bigint {
  const over = difference * PERCENT_STEPS;
  const absolute = over < 0n ? -over : over;
  let quotient = absolute / under;
  if (isRoundedUp(quotient, absolute % under, under, 'half_even')) quotient += 1n;
  return over < 0n ? -quotient : quotient;
}

export function isGreater(one: DecimalText, other: DecimalText): boolean {
  const [left, right] = [figureOf(one), figureOf(other)];
  const places = Math.max(left.places, right.places);
  return aligned(left, places) > aligned(right, places);
}

/** The exact sum. */
export function sum(one: DecimalText, other: DecimalText): DecimalText {
  const [left, right] = [figureOf(one), figureOf(other)];
  const places = Math.max(left.places, right.places);
  const text = textOf({ digits: aligned(left, places) + aligned(right, places), places });
  return places > 0 ? withoutTrailingZeros(text) : text;
}

/** The digits that a figure has with so many places, which are not fewer than its own. */
function aligned({ digits, places: own }: Figure, places: number): bigint {
  return digits * powerOfTen(places - own);
}

/** Without zeros at the end. */
function trimmed(digits: bigint, places: number): Figure {
  const text = String(digits);
  let zeros = 0;
  while (zeros < places && text.charCodeAt(text.length - 1 - zeros) === ZERO) zeros += 1;
  return { digits: zeros === 0 ? digits : digits / powerOfTen(zeros), places: places - zeros };
}

function whole(digits: bigint, places: number): Figure {
  return { digits: digits * powerOfTen(-places), places: 0 };
}

/** The figures with a point before the last `places` of them. */
function pointed(figures: string, places: number): DecimalText {
  if (places === 0) return figures;
  const padded = figures.length > places ? figures : figures.padStart(places + 1, '0');
  const point = padded.length - places;
  return `${padded.slice(0, point)}.${padded.slice(point)}`;
}

/** `rest` is what `by` leaves of a division. */
function isRoundedUp(quotient: bigint, rest: bigint, by: bigint, mode: RoundingMode): boolean {
  const twice = rest * 2n;
  if (twice !== by) return twice > by;
  return mode === 'half_up' || (quotient & 1n) === 1n;
}

const POWERS: bigint[] = [];

function powerOfTen(exponent: number): bigint {
  return (POWERS[exponent] ??= 10n ** BigInt(exponent));
}
