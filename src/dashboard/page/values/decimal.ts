/** Exact arithmetic on the service's decimals, `-2.1370`: an integer and a scale, no floats. */
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

interface Decimal {
  count: bigint;
  scale: number;
}

/** `75.5273` is 755273 with scale 4. */
function parsed(text: string): Decimal {
  const [whole, sign = '', integer = '', places = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`"${text}" is not a decimal`);
  return { count: BigInt(`${sign}${integer}${places}`), scale: places.length };
}

function written(count: bigint, scale: number): string {
  const sign = count < 0n ? '-' : '';
  const digits = String(count < 0n ? -count : count).padStart(scale + 1, '0');
  const end = digits.length - scale;
  return `${sign}${digits.slice(0, end)}${scale > 0 ? `.${digits.slice(end)}` : ''}`;
}

function scaled({ count, scale }: Decimal, to: number): bigint {
  return count * 10n ** BigInt(to - scale);
}

/** Negative, zero or positive, for `sort`. */
export function compare(one: string, other: string): -1 | 0 | 1 {
  const [left, right] = [parsed(one), parsed(other)];
  const scale = Math.max(left.scale, right.scale);
  const order = scaled(left, scale) - scaled(right, scale);
  return order < 0n ? -1 : order > 0n ? 1 : 0;
}

/** Number of decimals. */
export function placesOf(text: string): number {
  return parsed(text).scale;
}

/** `text` times an integer, with at least `places` decimals. */
export function times(text: string, factor: number, places = 0): string {
  const { count, scale } = parsed(text);
  const product = { count: count * BigInt(factor), scale };
  // Drops trailing zeros that only the unit price needed.
  while (product.scale > places && product.count % 10n === 0n) {
    product.count /= 10n;
    product.scale -= 1;
  }
  const to = Math.max(product.scale, places);
  return written(scaled(product, to), to);
}

/** Arithmetic mean times an integer: summed exactly, rounded once, half to even. */
export function mean(
  texts: readonly string[],
  { factor = 1, places }: { factor?: number; places: number },
): string {
  const all = texts.map(parsed);
  const scale = Math.max(places, ...all.map((each) => each.scale));
  const sum = all.reduce((total, each) => total + scaled(each, scale), 0n);
  const divisor = BigInt(texts.length) * 10n ** BigInt(scale - places);
  return written(halfEven(sum * BigInt(factor), divisor), places);
}

/** Exact difference of two prices. */
export function difference(from: string, to: string): string {
  const [first, last] = [parsed(from), parsed(to)];
  const scale = Math.max(first.scale, last.scale);
  return written(scaled(last, scale) - scaled(first, scale), scale);
}

/** Change from one price to another in per cent, rounded half to even. */
export function percentBetween(from: string, to: string, places: number): string {
  return percentOf(from, difference(from, to), places);
}

/** A price in per cent of another, rounded half to even. */
export function percentOf(base: string, text: string, places: number): string {
  const [whole, part] = [parsed(base), parsed(text)];
  const scale = Math.max(whole.scale, part.scale);
  const share = scaled(part, scale) * 100n * 10n ** BigInt(places);
  return written(halfEven(share, scaled(whole, scale)), places);
}

/** Rounded to a number of decimals, half to even. */
export function rounded(text: string, places: number): string {
  return mean([text], { places });
}

/** Rounded to a number of significant digits, half to even; whole units are kept. */
export function significant(text: string, digits: number): string {
  const { count, scale } = parsed(text);
  const size = String(count < 0n ? -count : count).length;
  const drop = Math.min(scale, size - digits);
  if (drop <= 0) return text;
  return written(halfEven(count, 10n ** BigInt(drop)), scale - drop);
}

function halfEven(count: bigint, divisor: bigint): bigint {
  const size = count < 0n ? -count : count;
  const [quotient, twice] = [size / divisor, (size % divisor) * 2n];
  const isUp = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  const found = isUp ? quotient + 1n : quotient;
  return count < 0n ? -found : found;
}
