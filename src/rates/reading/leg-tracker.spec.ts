import { toCalendarDate as day } from '../../common/calendar-date.js';
import { Coverage } from '../model/coverage.js';
import { CurrencyList } from '../model/currency-list.js';
import { HeldDays } from '../model/held-days.js';
import { LegTracker } from './leg-tracker.js';
import type { KnownDay } from './official-in-force.js';
import { SettingPeriods } from '../model/setting-periods.js';
import type { StoredVersion } from '../model/stored-version.js';

const NOT_AHEAD = { isOpen: false, isProvisional: false };
/** A day for which the series of both IDs were loaded. */
function asked(
  date: string,
  newest: string | null = null,
  held = HeldDays.NONE,
  setting = SettingPeriods.NONE,
): KnownDay {
  const lines = ['R01235', 'R01510'].map((cbr_id) => ({
    ...{ cbr_id, from_date: day('1992-07-01'), to_date: day('2026-12-31') },
  }));
  const coverage = new Coverage(lines, setting);
  const known = {
    ...{ coverage, held, currencies: new CurrencyList([]), newestSheet: null },
    ...{ lastSet: new Map(), missing: new Map() },
  };
  const newestSheet = newest === null ? null : day(newest);
  return { date: day(date), ...NOT_AHEAD, newestSheet, known };
}

function version(date: string, differing: Partial<StoredVersion> = {}): StoredVersion {
  return {
    ...{ id: 1, cbr_id: 'R01235', code: 'USD', name: 'Доллар', name_en: null, num_code: null },
    ...{ nominal: 1, value: '80', source: 'cbr', recorded_at: '2026-01-01T00:00:00.000Z' },
    effective_date: day(date),
    ...differing,
  };
}
const manual = (date: string, cbr_id: string | null = null) =>
  version(date, { source: 'manual', cbr_id });
const tracker = (...before: StoredVersion[]) =>
  new LegTracker(
    before.map((current) => ({ current, previous: null })),
    'all',
  );

describe('a tracker of rates', () => {
  it('returns each rate with the previous one, also for a correction of the same day', () => {
    const legs = tracker(version('2026-04-20'));
    const second = version('2026-04-21');
    expect(legs.advance(second)).toEqual({ current: second, previous: version('2026-04-20') });
    const corrected = version('2026-04-21', { value: '81' });
    expect(legs.advance(corrected)).toEqual({
      current: corrected,
      previous: version('2026-04-20'),
    });
    expect(legs.advance(version('2026-04-22')).previous).toEqual(corrected);
    expect(tracker().advance(second).previous).toBeNull();
  });

  it('separates official and manual rates of one code; an edited one is manual', () => {
    const legs = tracker(version('2026-04-20'));
    expect(legs.advance(manual('2026-04-21')).previous).toBeNull();
    expect(legs.advance(manual('2026-04-22', 'R01235')).previous).toEqual(manual('2026-04-21'));
    expect(legs.advance(version('2026-04-23')).previous).toEqual(version('2026-04-20'));
  });

  it('separates two IDs of one code, and answers with the one set last', () => {
    const [old, now] = [version('2026-04-20', { cbr_id: 'R01510' }), version('2026-04-21')];
    for (const before of [
      [old, now],
      [now, old],
    ]) {
      const found = tracker(...before).inForce('USD', asked('2026-04-22'));
      expect(found?.current).toEqual(now);
    }
  });

  it('prefers a manual rate to the bank’s of the same day, but not to a newer one', () => {
    const today = [version('2026-04-21'), manual('2026-04-21')];
    for (const before of [today, today.toReversed()]) {
      const found = tracker(...before).inForce('USD', asked('2026-04-22'));
      expect(found?.current.source).toBe('manual');
    }
    const newer = [version('2026-04-22'), manual('2026-04-21')];
    for (const before of [newer, newer.toReversed()]) {
      const found = tracker(...before).inForce('USD', asked('2026-04-22'));
      expect(found?.current.source).toBe('cbr');
    }
  });

  it('has no rate of another code, and none that is no longer set', () => {
    const legs = tracker(version('2026-04-20'));
    const sheet = asked('2026-04-21', '2026-04-21');
    expect(legs.inForce('EUR', asked('2026-04-20'))).toBeUndefined();
    expect(legs.inForce('USD', sheet)).toBeUndefined();
    expect(tracker(manual('2026-04-20')).inForce('USD', sheet)).toBeDefined();
    const held = new HeldDays([
      { cbr_id: 'R01235', code: 'USD', effective_date: day('2026-04-21') },
    ]);
    expect(legs.inForce('USD', asked('2026-04-21', '2026-04-21', held))).toBeDefined();
  });

  it('has no rate for days that are not loaded, and none from before a gap', () => {
    expect(tracker(version('1992-06-30')).inForce('USD', asked('1992-07-01'))).toBeUndefined();
    expect(tracker(version('2026-12-30')).inForce('USD', asked('2027-01-01'))).toBeUndefined();
  });

  it('keeps a monthly rate in force until the next, whatever sheets follow', () => {
    const setting = new SettingPeriods([
      {
        ...{ cbr_id: 'R01235', from_date: day('2005-05-01'), to_date: day('2005-06-30') },
        rhythm: 'monthly',
      },
    ]);
    const on = (date: string) => asked(date, date, HeldDays.NONE, setting);
    const legs = tracker(version('2005-05-01'));
    legs.advance(version('2005-06-01'));
    expect(legs.inForce('USD', on('2005-06-20'))).toBeDefined();
    expect(legs.inForce('USD', on('2005-07-20'))).toBeUndefined();
    // Without a known rhythm there is no rate.
    expect(legs.inForce('USD', asked('2005-06-20', '2005-06-20'))).toBeUndefined();
  });
});
