import { type CalendarDate, isCalendarDate } from '../common/calendar-date.js';
import { CURRENCY_CODE } from '../common/currency-code.js';
import { isNominal, isUnitRateOf, type Quotation } from '../common/decimal.js';
import { readUnitRate, readValue } from './cbr-number.js';
import type { XmlElement } from './cbr-root.js';
import { CbrError } from './cbr.errors.js';

const BANK_DATE = /^(\d{2})[./](\d{2})[./](\d{4})$/;
const CBR_ID = /^R\d{5}[A-Z]?$/;
const LONGEST_NAME = 200;
/** Character references can produce what no encoding contains: control characters and lone surrogates. */
const NO_TEXT = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\ufffd]/u;

/** Parses `25.04.2026` or `25/04/2026`; `where` names the element in errors. */
export function readDate(text: string | undefined, where: string): CalendarDate {
  const [, day, month, year] = BANK_DATE.exec(text ?? '') ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isCalendarDate(date)) {
    throw new CbrError('unreadable_date', `${where}"${text ?? ''}"> is not a date dd.mm.yyyy`);
  }
  return date;
}

/** Parses the bank's ID of an attribute or element; `owner` names the element in errors. */
export function readId(text: string | undefined, owner: string): string {
  if (!text) throw new CbrError('missing_id', `${owner} has no ID`);
  if (!CBR_ID.test(text)) {
    throw new CbrError('malformed_id', `${owner}: "${text}" is not an ID such as R01235`);
  }
  return text;
}

/**
 * Returns the letter code of a currency in a sheet. 392 sheets of 1993 to 1996 have neither letter nor numeric
 * codes; there the bank's ID identifies the currency and is returned.
 */
export function readSheetCode(valute: XmlElement, cbr_id: string, owner: string): string {
  const hasNone = (name: string) => (optionalText(valute, name, owner) ?? '') === '';
  if (hasNone('CharCode') && hasNone('NumCode')) return cbr_id;
  return readCode(valute, 'CharCode', owner);
}

export function readCode(element: XmlElement, name: string, owner: string): string {
  const code = requiredText(element, name, owner);
  if (!CURRENCY_CODE.test(code))
    throw unreadable('malformed_id', owner, name, code, 'a letter code');
  return code;
}

/** Pads `36` to `036`; null if it is no numeric code. It is a label: no figure depends on it. */
export function readNumCode(element: XmlElement, name: string, owner: string): string | null {
  const text = optionalText(element, name, owner) ?? '';
  return /^\d{1,3}$/.test(text) ? text.padStart(3, '0') : null;
}

export function readName(element: XmlElement, name: string, owner: string): string {
  const text = requiredText(element, name, owner).replace(/\s+/g, ' ');
  if (text.length > LONGEST_NAME) {
    throw unreadable('missing_element', owner, name, `${text.slice(0, 40)}…`, 'a name');
  }
  if (NO_TEXT.test(text)) {
    throw new CbrError('encoding', `<${name}> of ${owner} contains characters that are not text`);
  }
  return text;
}

/** Parses nominal and value, and checks them against the unit rate if the document has one. */
export function readQuotation(element: XmlElement, owner: string): Quotation {
  const nominalText = requiredText(element, 'Nominal', owner);
  const nominal = /^\d{1,10}$/.test(nominalText) ? Number.parseInt(nominalText, 10) : 0;
  if (!isNominal(nominal)) {
    throw unreadable('unreadable_number', owner, 'Nominal', nominalText, 'a power of ten');
  }
  const valueText = requiredText(element, 'Value', owner);
  const value = readValue(valueText);
  if (value === undefined) {
    const kind = 'a positive decimal of at most 15 digits';
    throw unreadable('unreadable_number', owner, 'Value', valueText, kind);
  }
  // Added by the bank later and rounded: used to check nominal and value, never as the figure.
  const unitRateText = optionalText(element, 'VunitRate', owner);
  if (unitRateText !== undefined) {
    const unitRate = readUnitRate(unitRateText);
    if (unitRate === undefined) {
      throw unreadable('unreadable_number', owner, 'VunitRate', unitRateText, 'a decimal');
    }
    if (!isUnitRateOf(unitRate, { nominal, value })) {
      const kind = `<Value> ${valueText} for <Nominal> ${nominal}`;
      throw unreadable('inconsistent', owner, 'VunitRate', unitRateText, kind);
    }
  }
  return { nominal, value };
}

export function requiredText(element: XmlElement, name: string, owner: string): string {
  const text = optionalText(element, name, owner);
  if (!text) throw new CbrError('missing_element', `${owner} has no <${name}>`);
  return text;
}

export function optionalText(element: XmlElement, name: string, owner: string): string | undefined {
  const [child, second] = childrenOf(element, name);
  if (second) throw new CbrError('missing_element', `${owner} has <${name}> twice`);
  return child && (child._ ?? '').trim();
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const children = Object.hasOwn(element, name) ? element[name] : undefined;
  return Array.isArray(children) ? children : [];
}

function unreadable(
  failure: 'malformed_id' | 'missing_element' | 'unreadable_number' | 'inconsistent',
  owner: string,
  element: string,
  text: string,
  kind: string,
): CbrError {
  return new CbrError(failure, `<${element}> of ${owner} is "${text}", not ${kind}`);
}
