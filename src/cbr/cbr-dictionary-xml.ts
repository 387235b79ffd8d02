import type { DictionaryEntry } from '../rates/currency-dictionary.js';
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

/**
 * Reads `XML_valFull`. Letter codes are not unique in it (DEM, SAR), and two items have none.
 *
 * @throws CbrError that names the item and the element which is wrong
 */
export function parseDictionary(text: string): DictionaryEntry[] {
  const items = childrenOf(rootOf(text, 'Valuta'), 'Item');
  if (items.length === 0) throw new CbrError('empty', 'The dictionary has no <Item>');
  const entries = items.map(readItem);
  const ids = new Set(entries.map(({ cbr_id }) => cbr_id));
  if (ids.size < entries.length) {
    throw new CbrError('duplicate_id', 'An ID stands in the dictionary twice');
  }
  return entries;
}

function readItem(item: XmlElement, index: number): DictionaryEntry {
  const cbr_id = readId(item.$?.ID, `<Item> number ${index + 1}`);
  const owner = `<Item ID="${cbr_id}">`;
  const hasCode = (optionalText(item, 'ISO_Char_Code', owner) ?? '') !== '';
  return {
    cbr_id,
    parent_id: readId(optionalText(item, 'ParentCode', owner) ?? cbr_id, `${owner} <ParentCode>`),
    code: hasCode ? readCode(item, 'ISO_Char_Code', owner) : cbr_id,
    num_code: readNumCode(item, 'ISO_Num_Code', owner),
    name: readName(item, 'Name', owner),
    name_en: readName(item, 'EngName', owner),
  };
}
