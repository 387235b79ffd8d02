import type { DecimalText } from '../../common/decimal.js';

/** The bank prints at least so many decimals of a value. */
const PLACES = 4;

/**
 * A value with four decimals at least, as the bank prints it, with a decimal point: `84.3830`. No figure is
 * rounded: more decimals than four are kept.
 */
export function bankDecimal(value: DecimalText): DecimalText {
  const [whole = '', decimals = ''] = value.split('.');
  return `${whole}.${decimals.padEnd(PLACES, '0')}`;
}
