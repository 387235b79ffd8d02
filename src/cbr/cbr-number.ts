import { type DecimalText, isPrice } from '../common/decimal.js';

/** A no-break space (or a plain one) between thousands: 691 dollar values of 1993 to 1997 have it. */
const GROUPED = /^[1-9]\d{0,2}(?:[\u00a0 ]\d{3})+(?:,\d+)?$/;
const UNGROUPED = /^(?:0|[1-9]\d*)(?:,\d+)?$/;
/** VunitRate is in scientific notation below 0.0001: `5,39256E-05`. */
const SCIENTIFIC = /^\d{1,40}(?:,\d{1,40})?(?:E[+-]?\d{1,3})?$/;

/**
 * `5 960,0000` is 5960.0000, digits kept; undefined for what is no positive number of at most 15
 * digits, and for zeros in front: the bank never prints them, and in JSON they are no number.
 */
export function readValue(text: string): DecimalText | undefined {
  if (!GROUPED.test(text) && !UNGROUPED.test(text)) return undefined;
  const value = text.replace(/[\u00a0 ]/g, '').replace(',', '.');
  return isPrice(value) ? value : undefined;
}

/** `5,39256E-05` is 5.39256E-05; undefined for what is no number. */
export function readUnitRate(text: string): string | undefined {
  return SCIENTIFIC.test(text) ? text.replace(',', '.') : undefined;
}
