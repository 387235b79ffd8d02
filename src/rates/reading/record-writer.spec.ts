import fc from 'fast-check';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { RateRecord } from './rate-record.dto.js';
import { RECORD_WRITER } from './record-writer.js';

describe('rate records', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('Доллар США', '"', '\\', '\n', '\ud800', '€', '😀', '\u2028'),
  );
  const figure = fc.constantFrom('78.5850', '-0.0012', '0', '5960');
  const date = fc.constantFrom('2026-04-25', '1997-12-31') as fc.Arbitrary<CalendarDate>;
  const record: fc.Arbitrary<RateRecord> = fc.record({
    code: text,
    quote: text,
    nominal: fc.option(fc.constantFrom(1, 100)),
    value: fc.option(figure),
    rate: figure,
    effective_date: date,
    requested_date: date,
    carried: fc.boolean(),
    provisional: fc.boolean(),
    previous_rate: fc.option(figure),
    change: fc.option(figure),
    change_percent: fc.option(figure),
    name: text,
    name_en: fc.option(text),
    num_code: fc.option(text),
    cbr_id: fc.option(text),
    source: fc.constantFrom('cbr', 'manual'),
  });

  it('are serialized like JSON.stringify, for any text', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const bytes = RECORD_WRITER.bytes('json', records, { before: '[', after: ']' });
        expect(bytes.toString()).toBe(JSON.stringify(records));
        const lines = records.map((each) => `${JSON.stringify(each)}\n`).join('');
        expect(RECORD_WRITER.bytes('ndjson', records).toString()).toBe(lines);
      }),
    );
  });
});
