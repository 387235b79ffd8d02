import { parseString } from 'xml2js';
import { type CalendarDate, isCalendarDate } from '../common/calendar-date.js';
import { isNominal, isUnitRateOf } from '../common/decimal.js';
import { messageOf } from '../common/message-of.js';
import type { DailySheet, Fixing } from '../rates/daily-sheet.js';
import { readUnitRate, readValue } from './cbr-number.js';
import { refuseWebPage } from './cbr-text.js';
import { CbrError } from './cbr.errors.js';

/** An element as xml2js gives it with `explicitCharkey`: text, attributes, and children by name. */
interface XmlElement {
  _?: string;
  $?: Record<string, string>;
  [child: string]: XmlElement[] | Record<string, string> | string | undefined;
}

const BANK_DATE = /^(\d{2})[./](\d{2})[./](\d{4})$/;
const CBR_ID = /^R\d{5}[A-Z]?$/;
const CODE = /^[A-Z][A-Z0-9]{1,11}$/;
const LONGEST_NAME = 200;

/**
 * Reads `XML_daily`: a pure function from the document's text to the sheet.
 *
 * @throws CbrError that names the currency and the element which is wrong.
 */
export function parseDailySheet(text: string): DailySheet {
  const root = rootOf(text);
  const valutes = childrenOf(root, 'Valute');
  if (valutes.length === 0) {
    const words = (root._ ?? '').trim();
    if (/error in parameters/i.test(words)) {
      throw new CbrError('error_in_parameters', 'The bank answers "Error in parameters"');
    }
    throw new CbrError('empty', 'The sheet has no <Valute>');
  }
  const effective_date = readDate(root.$?.Date);
  const fixings = valutes.map(readFixing);
  refuseRepeats(fixings);
  return { effective_date, fixings };
}

function rootOf(text: string): XmlElement {
  const start = text.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>)?\s*/, '');
  refuseWebPage(start);
  if (start === '') throw new CbrError('empty', 'The answer is empty');
  // A document type could declare entities; the bank has never sent one.
  if (start.startsWith('<!')) throw new CbrError('malformed', 'The answer has a document type');
  if (!/^<ValCurs[\s>/]/.test(start)) {
    const name = /^<([^\s>/]{1,40})/.exec(start)?.[1];
    if (name === undefined) throw new CbrError('malformed', 'The answer is not XML');
    throw new CbrError('wrong_root', `The root element is <${name}>, not <ValCurs>`);
  }
  if (!/(?:<\/ValCurs\s*>|^<ValCurs[^<>]*\/>)\s*$/.test(start)) {
    throw new CbrError('truncated', 'The answer ends before </ValCurs>');
  }
  return parsed(text);
}

function parsed(text: string): XmlElement {
  let outcome: { failure: Error | null; tree: { ValCurs?: XmlElement } | null } | undefined;
  const options = { explicitCharkey: true, explicitArray: true, trim: true, emptyTag: () => ({}) };
  // Synchronous, despite its callback; after a failure it may call back again.
  parseString(text, options, (failure, tree) => {
    outcome ??= { failure, tree: tree as { ValCurs?: XmlElement } | null };
  });
  const root = outcome?.tree?.ValCurs;
  if (!outcome || outcome.failure || !root) {
    const reason = outcome?.failure ? messageOf(outcome.failure) : 'no root element';
    throw new CbrError('malformed', `The answer is not well-formed XML: ${reason}`);
  }
  return root;
}

function readDate(text: string | undefined): CalendarDate {
  const [, day, month, year] = BANK_DATE.exec(text ?? '') ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isCalendarDate(date)) {
    throw new CbrError(
      'unreadable_date',
      `<ValCurs Date="${text ?? ''}"> is not a date dd.mm.yyyy`,
    );
  }
  return date;
}

function readFixing(valute: XmlElement, index: number): Fixing {
  const cbr_id = valute.$?.ID ?? '';
  if (cbr_id === '') throw new CbrError('missing_id', `<Valute> number ${index + 1} has no ID`);
  if (!CBR_ID.test(cbr_id)) {
    throw new CbrError('malformed_id', `<Valute ID="${cbr_id}"> is not an ID such as R01235`);
  }
  const textOf = (name: string) => requiredText(valute, name, cbr_id);
  const code = textOf('CharCode');
  if (!CODE.test(code)) throw unreadable('malformed_id', cbr_id, 'CharCode', code, 'a letter code');
  const name = textOf('Name').replace(/\s+/g, ' ');
  if (name.length > LONGEST_NAME) {
    throw unreadable('missing_element', cbr_id, 'Name', `${name.slice(0, 40)}…`, 'a name');
  }
  return { cbr_id, code, name, ...readQuotation(valute, cbr_id) };
}

function readQuotation(valute: XmlElement, id: string): Pick<Fixing, 'nominal' | 'value'> {
  const nominalText = requiredText(valute, 'Nominal', id);
  const nominal = /^\d{1,10}$/.test(nominalText) ? Number.parseInt(nominalText, 10) : 0;
  if (!isNominal(nominal)) {
    throw unreadable('unreadable_number', id, 'Nominal', nominalText, 'a power of ten');
  }
  const valueText = requiredText(valute, 'Value', id);
  const value = readValue(valueText);
  if (value === undefined) {
    const kind = 'a positive decimal of at most 15 digits';
    throw unreadable('unreadable_number', id, 'Value', valueText, kind);
  }
  // Newer than Value and missing in old sheets; it serves to check the two others, never as the figure.
  const unitRateText = optionalText(valute, 'VunitRate', id);
  if (unitRateText !== undefined) {
    const unitRate = readUnitRate(unitRateText);
    if (unitRate === undefined) {
      throw unreadable('unreadable_number', id, 'VunitRate', unitRateText, 'a decimal');
    }
    if (!isUnitRateOf(unitRate, { nominal, value })) {
      const kind = `<Value> ${valueText} for <Nominal> ${nominal}`;
      throw unreadable('inconsistent', id, 'VunitRate', unitRateText, kind);
    }
  }
  return { nominal, value };
}

function refuseRepeats(fixings: Fixing[]): void {
  const seen = new Set<string>();
  for (const { cbr_id } of fixings) {
    if (seen.has(cbr_id)) {
      throw new CbrError('duplicate_id', `<Valute ID="${cbr_id}"> stands in the sheet twice`);
    }
    seen.add(cbr_id);
  }
}

function requiredText(valute: XmlElement, name: string, id: string): string {
  const text = optionalText(valute, name, id);
  if (!text) throw new CbrError('missing_element', `<Valute ID="${id}"> has no <${name}>`);
  return text;
}

function optionalText(valute: XmlElement, name: string, id: string): string | undefined {
  const [element, second] = childrenOf(valute, name);
  if (second) throw new CbrError('missing_element', `<Valute ID="${id}"> has <${name}> twice`);
  return element && (element._ ?? '').trim();
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const children = Object.hasOwn(element, name) ? element[name] : undefined;
  return Array.isArray(children) ? children : [];
}

function unreadable(
  failure: 'malformed_id' | 'missing_element' | 'unreadable_number' | 'inconsistent',
  id: string,
  element: string,
  text: string,
  kind: string,
): CbrError {
  return new CbrError(failure, `<${element}> of <Valute ID="${id}"> is "${text}", not ${kind}`);
}
