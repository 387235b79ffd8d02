import { earlier, later } from '../common/calendar-date.js';
import type { CurrencySeries, SeriesRecord } from '../rates/model/index.js';
import { childrenOf, readDate, readId, readQuotation } from './cbr-document.js';
import { rootOf, type XmlElement } from './cbr-root.js';
import { CbrError } from './cbr.errors.js';

/** What the bank is asked, and what it says that it answers: a currency, or the parent of some, and days. */
export type SeriesQuestion = Pick<CurrencySeries, 'cbr_id' | 'range'>;

/**
 * Reads `XML_dynamic`: the records in the order of their days; none is legitimate. Each record says
 * itself whose it is. What an answer holds beyond the days asked for is left out; `range` is what it
 * says to be about of them.
 *
 * @throws CbrError that names the record and the element which is wrong, or whose series it is instead
 */
export function parseSeries(
  text: string,
  asked: SeriesQuestion,
): Pick<CurrencySeries, 'range' | 'records'> {
  const root = rootOf(text, 'ValCurs');
  const answered = readQuestion(root);
  if (answered.cbr_id !== asked.cbr_id) {
    const message = `The series is of ${answered.cbr_id}, not of ${asked.cbr_id}, which was asked for`;
    throw new CbrError('wrong_root', message);
  }
  const from = later(answered.range.from, asked.range.from);
  const to = earlier(answered.range.to, asked.range.to);
  const records = childrenOf(root, 'Record').map(readRecord);
  refuseRepeats(records);
  return {
    range: { from, to },
    records: records
      .filter(({ effective_date: day }) => asked.range.from <= day && day <= asked.range.to)
      .sort((one, other) => (one.effective_date < other.effective_date ? -1 : 1)),
  };
}

/** Every document says what it answers: who takes its place, or a cache that errs, may send another's. */
function readQuestion({ $: { ID, DateRange1, DateRange2 } = {} }: XmlElement): SeriesQuestion {
  return {
    cbr_id: readId(ID, '<ValCurs>'),
    range: {
      from: readDate(DateRange1, '<ValCurs DateRange1='),
      to: readDate(DateRange2, '<ValCurs DateRange2='),
    },
  };
}

function refuseRepeats(records: readonly SeriesRecord[]): void {
  const seen = new Set<string>();
  for (const { cbr_id, effective_date } of records) {
    const key = `${cbr_id} ${effective_date}`;
    if (seen.has(key)) {
      const record = `<Record Date="${effective_date}" Id="${cbr_id}">`;
      throw new CbrError('duplicate_id', `${record} stands in the series twice`);
    }
    seen.add(key);
  }
}

function readRecord(record: XmlElement, index: number): SeriesRecord {
  const { Date: date, Id: id } = record.$ ?? {};
  const effective_date = readDate(date, `<Record Date=`);
  const cbr_id = readId(id, `<Record> number ${index + 1}`);
  const owner = `<Record Date="${date}" Id="${cbr_id}">`;
  return { cbr_id, effective_date, ...readQuotation(record, owner) };
}
