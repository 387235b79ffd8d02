import { toCalendarDate as day } from '../../common/calendar-date.js';
import { Coverage } from '../model/coverage.js';
import { CurrencyList } from '../model/currency-list.js';
import type { CurrencyEntity } from '../model/currency.entity.js';
import { HeldDays } from '../model/held-days.js';
import type { KnownDay } from './official-in-force.js';
import { rateInForce } from './rate-in-force.js';
import { SettingPeriods } from '../model/setting-periods.js';
import type { SourceChoice } from '../model/source-choice.js';
import type { StoredVersion } from '../model/stored-version.js';

const SAR = ['R01580', 'R01580C'].map((cbr_id) => ({ cbr_id, code: 'SAR' }) as CurrencyEntity);

const IDS = SAR.map(({ cbr_id }) => cbr_id);

/** A day for which both IDs, or some, were loaded from a date on. */
function on(
  date: string,
  loadedFrom = '2015-01-01',
  lastSet: Record<string, string> = {},
  loaded = IDS,
) {
  // The dollar's series shows which days had sheets.
  const lines = [...loaded, 'R01235'].map((cbr_id) => ({
    ...{ cbr_id, from_date: day(loadedFrom), to_date: day('2015-12-31') },
  }));
  const known = {
    coverage: new Coverage(lines, SettingPeriods.NONE),
    ...{ currencies: new CurrencyList(SAR), held: HeldDays.NONE, newestSheet: null },
    missing: new Map(),
    lastSet: new Map(Object.entries(lastSet).map(([id, last]) => [id, day(last)])),
  };
  const open = { isOpen: false, isProvisional: false };
  return { date: day(date), ...open, newestSheet: null, known } satisfies KnownDay;
}

const version = (date: string, cbr_id: string | null, value = '7.4') => ({
  ...{ id: 1, cbr_id, code: 'SAR', name: 'Риял', name_en: null, num_code: null, nominal: 1, value },
  ...{ effective_date: day(date), source: cbr_id === null ? 'manual' : 'cbr' },
});
const official = (...dated: [date: string, cbr_id: string][]) =>
  dated.map(([date, cbr_id]) => ({
    current: version(date, cbr_id) as StoredVersion,
    previous: null,
  }));
const manual = (date: string) => ({
  current: version(date, null) as StoredVersion,
  previous: null,
});

describe('of two IDs with one code', () => {
  const speaker = (dated: [string, string][], lastSet: Record<string, string>) => {
    const candidates = { official: official(...dated), manual: undefined };
    const found = rateInForce(candidates, on('2015-01-17', undefined, lastSet), 'cbr');
    return found === 'unknown' ? found : found?.current.cbr_id;
  };

  it('the one set last has precedence; on the same day, the one with the later last fixing', () => {
    const lasts = { R01580: '2015-01-15', R01580C: '2015-06-01' };
    expect(
      speaker(
        [
          ['2015-01-15', 'R01580'],
          ['2015-01-14', 'R01580C'],
        ],
        lasts,
      ),
    ).toBe('R01580');
    for (const dated of [
      [
        ['2015-01-15', 'R01580'],
        ['2015-01-15', 'R01580C'],
      ],
      [
        ['2015-01-15', 'R01580C'],
        ['2015-01-15', 'R01580'],
      ],
    ] as [string, string][][]) {
      expect(speaker(dated, lasts)).toBe('R01580C');
      expect(speaker(dated, { ...lasts, R01580: '2015-07-01' })).toBe('R01580');
      expect(speaker(dated, {})).toBe('R01580');
    }
  });
});

describe('a manual rate combined with the bank’s', () => {
  const found = (
    { official: dates, manual: made }: { official: string[]; manual: string },
    at: KnownDay,
    source: SourceChoice = 'all',
  ) => {
    const ofTheBank = official(...dates.map((date): [string, string] => [date, 'R01580']));
    const rate = rateInForce({ official: ofTheBank, manual: manual(made) }, at, source);
    if (rate === 'unknown') return rate;
    return rate && `${rate.current.source} ${rate.current.effective_date}`;
  };

  it.each([
    // Its own day, loaded or not.
    [['2015-03-01'], '2015-03-01', on('2015-03-01'), 'manual 2015-03-01'],
    [[], '2014-03-01', on('2014-03-01'), 'manual 2014-03-01'],
    // In force until the bank's next fixing.
    [['2015-03-01'], '2015-03-02', on('2015-03-05'), 'manual 2015-03-02'],
    [['2015-03-04'], '2015-03-02', on('2015-03-05'), 'cbr 2015-03-04'],
    // Superseded by a fixing, it does not return when that ends.
    [['2015-03-04'], '2015-03-02', on('2015-06-01'), undefined],
    [['2015-03-01'], '2015-03-02', on('2015-06-01'), 'manual 2015-03-02'],
    // Days that are not loaded may have had a fixing.
    [[], '2014-12-01', on('2014-12-02'), undefined],
    [[], '2014-12-01', on('2015-01-02'), undefined],
    [[], '2015-03-01', on('2016-01-02'), undefined],
    // Before the first sheet there was none.
    [[], '1980-01-01', on('1985-01-01'), 'manual 1980-01-01'],
    [[], '1980-01-01', on('1992-07-02', '1992-07-01'), 'manual 1980-01-01'],
  ])('fixings of %j, manual rate of %s', (dates, made, at, expected) => {
    expect(found({ official: dates, manual: made }, at)).toBe(expected);
    expect(found({ official: [], manual: made }, at, 'manual')).toBe(`manual ${made}`);
  });

  it('is not carried over days that are not loaded for one of two IDs', () => {
    const at = on('2015-03-05', '2015-01-01', {}, ['R01580']);
    expect(found({ official: [], manual: '2015-03-02' }, at)).toBeUndefined();
    expect(found({ official: ['2015-03-01'], manual: '2015-03-02' }, at)).toBe('unknown');
    expect(found({ official: [], manual: '2015-03-05' }, at)).toBe('manual 2015-03-05');
  });

  it('of a code unknown to the bank is in force until the next', () => {
    const gold = { current: { ...manual('2014-01-01').current, code: 'GOLD' }, previous: null };
    expect(rateInForce({ official: [], manual: gold }, on('2014-12-02'), 'all')).toBe(gold);
  });
});
