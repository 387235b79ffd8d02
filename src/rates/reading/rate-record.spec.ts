import { toCalendarDate as day } from '../../common/calendar-date.js';
import { type Leg, rateRecord } from './rate-record.js';
import { RECORD_WRITER } from './record-writer.js';
import type { StoredVersion } from '../model/stored-version.js';

type Dated = [date: string, value: string, differing?: Partial<StoredVersion>];

function version([date, value, differing = {}]: Dated): StoredVersion {
  return {
    ...{ id: 1, cbr_id: 'R01235', code: 'USD', name: 'Доллар США', name_en: 'US Dollar' },
    ...{ num_code: '840', nominal: 1, value, effective_date: day(date), source: 'cbr' },
    ...differing,
  };
}
const leg = (current: Dated, previous?: Dated): Leg => ({
  current: version(current),
  previous: previous ? version(previous) : null,
});
const on = (date: string, restate = false, isWhole = true) => ({
  ...{ requested_date: day(date), isProvisional: false, restate },
  coverage: { isWhole: () => isWhole },
});
const JPY = { cbr_id: 'R01820', code: 'JPY', name: 'Иен', nominal: 100 };

describe('the record of a currency against the rouble', () => {
  it('has the fixing as published, its unit rate and its change', () => {
    const dollar = leg(['2026-04-25', '75.5000'], ['2026-04-24', '80.0000']);
    const record = rateRecord(dollar, 'rouble', on('2026-04-27'));
    expect(record).toEqual({
      ...{ code: 'USD', quote: 'RUB', nominal: 1, value: '75.5000', rate: '75.5' },
      ...{ effective_date: '2026-04-25', requested_date: '2026-04-27' },
      ...{ carried: true, provisional: false },
      ...{ previous_rate: '80', change: '-4.5', change_percent: '-5.6250' },
      ...{ name: 'Доллар США', name_en: 'US Dollar', num_code: '840', cbr_id: 'R01235' },
      source: 'cbr',
    });
    const header = RECORD_WRITER.header('csv').trim();
    expect(Object.keys(record).join(',')).toBe(header);
  });

  it('in another currency is compared with a day on which both were in force, or not at all', () => {
    const pair = (dollar: Leg, yen: Leg) => rateRecord(dollar, yen, on('2026-04-25')).previous_rate;
    const yenOf = (now: string, before: string) => leg([now, '50', JPY], [before, '40', JPY]);
    const dollar = leg(['2026-04-25', '75'], ['2026-04-24', '80']);
    expect(pair(dollar, yenOf('2026-04-25', '2026-04-24'))).toBe('200');
    // The yen was in no sheet in between: on the 24th it had no rate.
    expect(pair(dollar, yenOf('2026-04-25', '2026-03-20'))).toBeNull();
    expect(
      pair(leg(['2026-04-25', '75'], ['2026-03-20', '80']), yenOf('2026-04-25', '2026-04-24')),
    ).toBeNull();
    // A carried yen had one.
    expect(pair(dollar, yenOf('2026-04-20', '2026-04-19'))).toBe('160');
  });

  it('is provisional on a day that may get its own sheet, until that day has a fixing', () => {
    const ahead = { ...on('2026-04-27'), isProvisional: true };
    const carried = leg(['2026-04-25', '75']);
    const ofTheDay = leg(['2026-04-27', '75', { ...JPY, source: 'manual' }]);
    expect(rateRecord(carried, 'rouble', ahead).provisional).toBe(true);
    expect(rateRecord('rouble', carried, ahead).provisional).toBe(true);
    expect(rateRecord(ofTheDay, 'rouble', ahead).provisional).toBe(false);
    // One side may change, and the pair with it.
    expect(rateRecord(carried, ofTheDay, ahead)).toMatchObject({
      ...{ carried: false, provisional: true },
    });
  });

  it('of its own day is not carried, and the first one has no change', () => {
    expect(rateRecord(leg(['2026-04-25', '75']), 'rouble', on('2026-04-25'))).toMatchObject({
      carried: false,
      ...{ previous_rate: null, change: null, change_percent: null },
    });
  });

  it('has no change across days that are not loaded, unless both are manual', () => {
    const inHole = on('2026-04-25', false, false);
    const dollar = leg(['2026-04-25', '75'], ['2025-04-25', '80']);
    expect(rateRecord(dollar, 'rouble', inHole)).toMatchObject({
      ...{ rate: '75', previous_rate: null, change: null, change_percent: null },
    });
    const manual = { source: 'manual', cbr_id: null } as const;
    const made = leg(['2026-04-25', '75', manual], ['2025-04-25', '80', manual]);
    expect(rateRecord(made, 'rouble', inHole).previous_rate).toBe('80');
  });

  it('compares unit rates if the nominal has changed', () => {
    const yen = leg(['2026-04-25', '50', JPY], ['2026-04-24', '0.4', { ...JPY, nominal: 1 }]);
    expect(rateRecord(yen, 'rouble', on('2026-04-25'))).toMatchObject({
      ...{ nominal: 100, value: '50', rate: '0.5', previous_rate: '0.4', change: '0.1' },
      change_percent: '25.0000',
    });
  });

  it('is in the rouble of its date, with the previous rate in the same rouble', () => {
    const first = leg(['1998-01-01', '5.9600'], ['1997-12-30', '5950.0000']);
    expect(rateRecord(first, 'rouble', on('1998-01-01'))).toMatchObject({
      ...{ quote: 'RUB', rate: '5.96', previous_rate: '5.95', change: '0.01' },
    });
    const last = leg(['1997-12-30', '5950.0000'], ['1997-12-27', '5940.0000']);
    expect(rateRecord(last, 'rouble', on('1997-12-31'))).toMatchObject({
      ...{ quote: 'RUR', value: '5950.0000', rate: '5950', previous_rate: '5940' },
    });
    expect(rateRecord(last, 'rouble', on('1997-12-31', true))).toMatchObject({
      ...{ quote: 'RUB', value: '5950.0000', rate: '5.95', previous_rate: '5.94' },
    });
  });
});

describe('the record of a pair', () => {
  it('goes through the rouble, and has no nominal', () => {
    const record = rateRecord(
      leg(['2026-04-25', '80', { code: 'EUR' }]),
      leg(['2026-04-25', '50', JPY]),
      on('2026-04-25'),
    );
    expect(record).toMatchObject({ code: 'EUR', quote: 'JPY', nominal: null, value: null });
    expect(record).toMatchObject({ rate: '160', carried: false });
  });

  it('has the later of its two dates, and compares with the day before', () => {
    const euro: Leg = leg(['2026-04-25', '90', { code: 'EUR' }], ['2026-04-24', '60']);
    const yen: Leg = leg(['2026-04-22', '50', JPY], ['2026-04-21', '10', JPY]);
    const expected = { effective_date: '2026-04-25', carried: true };
    expect(rateRecord(euro, yen, on('2026-04-26'))).toMatchObject({
      ...expected,
      // The yen's fixing of the 22nd was also in force on the 24th.
      ...{ rate: '180', previous_rate: '120', change_percent: '50.0000' },
    });
    expect(rateRecord(yen, euro, on('2026-04-26'))).toMatchObject(expected);
  });

  it('has no change if either side is new', () => {
    const [old, fresh] = [
      leg(['2026-04-25', '90'], ['2026-04-24', '60']),
      leg(['2026-04-25', '1']),
    ];
    expect(rateRecord(old, fresh, on('2026-04-25')).previous_rate).toBeNull();
    expect(rateRecord(fresh, old, on('2026-04-25')).previous_rate).toBeNull();
  });

  it('has a rouble base under the code of its time', () => {
    const dollar = leg(['2026-04-25', '80'], ['2026-04-24', '50']);
    expect(rateRecord('rouble', dollar, on('2026-04-25'))).toMatchObject({
      ...{ code: 'RUB', quote: 'USD', rate: '0.0125', previous_rate: '0.02' },
      ...{ nominal: null, value: null, cbr_id: null },
      ...{ name: 'Российский рубль', name_en: 'Russian Ruble', num_code: '643' },
    });
    const old = leg(['1997-12-30', '5000']);
    expect(rateRecord('rouble', old, on('1997-12-30'))).toMatchObject({
      ...{ code: 'RUR', rate: '0.0002', num_code: '810' },
    });
    expect(rateRecord('rouble', old, on('1997-12-30', true))).toMatchObject({
      ...{ code: 'RUB', rate: '0.2' },
    });
  });

  it('is manual if either side is manual', () => {
    const [bank, person] = [
      leg(['2026-04-25', '80']),
      leg(['2026-04-25', '5', { source: 'manual' }]),
    ];
    const sourceOf = (base: Leg, quote: Leg) => rateRecord(base, quote, on('2026-04-25')).source;
    expect(sourceOf(bank, person)).toBe('manual');
    expect(sourceOf(person, bank)).toBe('manual');
    expect(sourceOf(person, 'rouble')).toBe('manual');
    expect(sourceOf('rouble', bank)).toBe('cbr');
  });

  it('of the rouble against itself does not exist', () => {
    expect(() => rateRecord('rouble', 'rouble', on('2026-04-25'))).toThrow(/against itself/);
  });
});
