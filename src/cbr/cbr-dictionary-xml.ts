import type { DictionaryEntry } from '../rates/model/index.js';
import {
  childrenOf,
  optionalText,
  readCode,
  readId,
  readName,
  readNumCode,
} from './cbr-document.js';
import { rootOf, type XmlElement } from './cbr-root.js';
import { CbrError } from './cbr.errors.js';

/** Called with each problem of an item, which is stored without the bad field or skipped. */
type OnComplaint = (complaint: CbrError) => void;

/**
 * Parses `XML_valFull`. Letter codes are not unique in it (DEM, SAR), and two items have none. No figure depends
 * on it, so an incomplete item is kept, and an item without an ID is skipped.
 *
 * @throws CbrError if no item can be used
 */
export function parseDictionary(
  text: string,
  onComplaint: OnComplaint = () => undefined,
): DictionaryEntry[] {
  const items = childrenOf(rootOf(text, 'Valuta'), 'Item');
  if (items.length === 0) throw new CbrError('empty', 'The dictionary has no <Item>');
  const entries = new Map<string, DictionaryEntry>();
  const complaints: CbrError[] = [];
  const complain: OnComplaint = (complaint) => {
    complaints.push(complaint);
    onComplaint(complaint);
  };
  for (const [index, item] of items.entries()) {
    const entry = attempt(() => readItem(item, index, complain), undefined, complain);
    if (entry && entries.has(entry.cbr_id)) complain(repeated(entry.cbr_id));
    else if (entry) entries.set(entry.cbr_id, entry);
  }
  if (entries.size === 0 && complaints[0]) throw complaints[0];
  return [...entries.values()];
}

function readItem(item: XmlElement, index: number, complain: OnComplaint): DictionaryEntry {
  const cbr_id = readId(item.$?.ID, `<Item> number ${index + 1}`);
  const owner = `<Item ID="${cbr_id}">`;
  const optional = <Value>(read: () => Value, otherwise: Value): Value =>
    attempt(read, otherwise, complain);
  return {
    cbr_id,
    parent_id: optional(
      () => readId(optionalText(item, 'ParentCode', owner) ?? cbr_id, `${owner} <ParentCode>`),
      cbr_id,
    ),
    code: optional(() => {
      const hasCode = (optionalText(item, 'ISO_Char_Code', owner) ?? '') !== '';
      return hasCode ? readCode(item, 'ISO_Char_Code', owner) : cbr_id;
    }, cbr_id),
    num_code: optional(() => readNumCode(item, 'ISO_Num_Code', owner), null),
    name: optional<string | null>(() => readName(item, 'Name', owner), null),
    name_en: optional<string | null>(() => readName(item, 'EngName', owner), null),
  };
}

function attempt<Value>(read: () => Value, otherwise: Value, complain: OnComplaint): Value {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof CbrError)) throw thrown;
    complain(thrown);
    return otherwise;
  }
}

function repeated(cbr_id: string): CbrError {
  return new CbrError('duplicate_id', `<Item ID="${cbr_id}"> occurs twice in the dictionary`);
}

/** An item of the dictionary as the bank printed it, without the blanks around texts. */
export interface PrintedItem {
  /** `R01235`. */
  id: string;
  name: string;
  name_en: string;
  nominal: string;
  parent: string;
  /** `36`: without zeros in front; empty where the bank gives none, as the letter code. */
  num_code: string;
  code: string;
}

/** The items of `XML_valFull` as printed, in their order. @throws CbrError */
export function printedItems(text: string): PrintedItem[] {
  return childrenOf(rootOf(text, 'Valuta'), 'Item').map((item) => {
    const textOf = (name: string) => optionalText(item, name, '<Item>') ?? '';
    return {
      id: item.$?.ID ?? '',
      name: textOf('Name'),
      name_en: textOf('EngName'),
      nominal: textOf('Nominal'),
      parent: textOf('ParentCode'),
      num_code: textOf('ISO_Num_Code'),
      code: textOf('ISO_Char_Code'),
    };
  });
}
