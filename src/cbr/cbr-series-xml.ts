import { earlier, later } from '../common/calendar-date.js';
import type { CurrencySeries, SeriesRecord } from '../rates/model/index.js';
import { childrenOf, readDate, readId, readQuotation } from './cbr-document.js';
import { rootOf, type XmlElement } from './cbr-root.js';
import { CbrError } from './cbr.errors.js';

/** Currency (or parent of several) and days: of the request, and as the answer states them. */
export type SeriesQuestion = Pick<CurrencySeries, 'cbr_id' | 'range'>;

/**
 * Parses `XML_dynamic` into records ordered by day; an empty series is valid. Each record carries its own ID.
 * Records outside the requested days are dropped; `range` is the part of the requested days that the answer
 * says it covers.
 *
 * @throws CbrError naming the record and element at fault, or the currency that was answered instead
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
  rejectRepeats(records);
  return {
    range: { from, to },
    records: records
      .filter(({ effective_date: day }) => asked.range.from <= day && day <= asked.range.to)
      .sort((one, other) => (one.effective_date < other.effective_date ? -1 : 1)),
  };
}

/** Checks that the answer is for the requested currency: a proxy or a faulty cache may return another's. */
function readQuestion({ $: { ID, DateRange1, DateRange2 } = {} }: XmlElement): SeriesQuestion {
  return {
    cbr_id: readId(ID, '<ValCurs>'),
    range: {
      from: readDate(DateRange1, '<ValCurs DateRange1='),
      to: readDate(DateRange2, '<ValCurs DateRange2='),
    },
  };
}

function rejectRepeats(records: readonly SeriesRecord[]): void {
  const seen = new Set<string>();
  for (const { cbr_id, effective_date } of records) {
    const key = `${cbr_id} ${effective_date}`;
    if (seen.has(key)) {
      const record = `<Record Date="${effective_date}" Id="${cbr_id}">`;
      throw new CbrError('duplicate_id', `${record} occurs twice in the series`);
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
