import { type DecimalText, isPrice } from '../common/decimal.js';

/** No-break or plain space between thousands: 691 dollar values of 1993 to 1997 have one. */
const GROUPED = /^[1-9]\d{0,2}(?:[\u00a0 ]\d{3})+(?:,\d+)?$/;
const UNGROUPED = /^(?:0|[1-9]\d*)(?:,\d+)?$/;
/** VunitRate is in scientific notation below 0.0001: `5,39256E-05`. */
const SCIENTIFIC = /^\d{1,40}(?:,\d{1,40})?(?:E[+-]?\d{1,3})?$/;

/**
 * Parses `5 960,0000` to 5960.0000, all digits kept. Undefined unless it is a positive number of at most 15 digits
 * without leading zeros, which the bank never prints and JSON does not allow.
 */
export function readValue(text: string): DecimalText | undefined {
  if (!GROUPED.test(text) && !UNGROUPED.test(text)) return undefined;
  const value = text.replace(/[\u00a0 ]/g, '').replace(',', '.');
  return isPrice(value) ? value : undefined;
}

/** Parses `5,39256E-05` to 5.39256E-05; undefined if it is no number. */
export function readUnitRate(text: string): string | undefined {
  return SCIENTIFIC.test(text) ? text.replace(',', '.') : undefined;
}
