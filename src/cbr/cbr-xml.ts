import type { DailySheet, Fixing } from '../rates/model/index.js';
import {
  childrenOf,
  readDate,
  readId,
  readName,
  readNumCode,
  readQuotation,
  readSheetCode,
} from './cbr-document.js';
import { rootOf, type XmlElement } from './cbr-root.js';
import { CbrError } from './cbr.errors.js';

/**
 * Parses `XML_daily`: a pure function from the document's text to the sheet.
 *
 * @throws CbrError naming the currency and element at fault
 */
export function parseDailySheet(text: string): DailySheet {
  const root = rootOf(text, 'ValCurs');
  const valutes = childrenOf(root, 'Valute');
  if (valutes.length === 0) throw new CbrError('empty', 'The sheet has no <Valute>');
  const effective_date = readDate(root.$?.Date, '<ValCurs Date=');
  const fixings = valutes.map(readFixing);
  rejectRepeats(fixings);
  return { effective_date, fixings };
}

function readFixing(valute: XmlElement, index: number): Fixing {
  const cbr_id = readId(valute.$?.ID, `<Valute> number ${index + 1}`);
  const owner = `<Valute ID="${cbr_id}">`;
  return {
    cbr_id,
    code: readSheetCode(valute, cbr_id, owner),
    num_code: readNumCode(valute, 'NumCode', owner),
    name: readName(valute, 'Name', owner),
    ...readQuotation(valute, owner),
  };
}

/** Rejects repeated IDs, and repeated letter codes, by which readers know a currency. */
function rejectRepeats(fixings: Fixing[]): void {
  const seen = new Set<string>();
  for (const { cbr_id, code } of fixings) {
    if (seen.has(cbr_id)) {
      throw new CbrError('duplicate_id', `<Valute ID="${cbr_id}"> occurs twice in the sheet`);
    }
    if (seen.has(code)) {
      const message = `The <CharCode> of <Valute ID="${cbr_id}">, ${code}, occurs twice in the sheet`;
      throw new CbrError('duplicate_id', message);
    }
    seen.add(cbr_id).add(code);
  }
}
