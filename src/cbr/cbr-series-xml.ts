import type { DateRange } from '../common/date-range.js';
import type { SeriesRecord } from '../rates/currency-series.js';
import { childrenOf, readDate, readId, readQuotation } from './cbr-document.js';
import { rootOf, type XmlElement } from './cbr-root.js';
import { CbrError } from './cbr.errors.js';

/**
 * Reads `XML_dynamic`, asked about `range`: the records in the order of their days; none is legitimate.
 * Each record says itself whose it is. What an answer holds beyond the days asked for is left out.
 *
 * @throws CbrError that names the record and the element which is wrong
 */
export function parseSeries(text: string, range: DateRange): SeriesRecord[] {
  const records = childrenOf(rootOf(text, 'ValCurs'), 'Record').map(readRecord);
  const seen = new Set<string>();
  for (const { cbr_id, effective_date } of records) {
    const key = `${cbr_id} ${effective_date}`;
    if (seen.has(key)) {
      const record = `<Record Date="${effective_date}" Id="${cbr_id}">`;
      throw new CbrError('duplicate_id', `${record} stands in the series twice`);
    }
    seen.add(key);
  }
  return records
    .filter(({ effective_date: day }) => range.from <= day && day <= range.to)
    .sort((one, other) => (one.effective_date < other.effective_date ? -1 : 1));
}

function readRecord(record: XmlElement, index: number): SeriesRecord {
  const { Date: date, Id: id } = record.$ ?? {};
  const effective_date = readDate(date, `<Record Date=`);
  const cbr_id = readId(id, `<Record> number ${index + 1}`);
  const owner = `<Record Date="${date}" Id="${cbr_id}">`;
  return { cbr_id, effective_date, ...readQuotation(record, owner) };
}
