import { toCalendarDate as day } from '../common/calendar-date.js';
import { HeldDays } from './held-days.js';
import { LegTracker } from './leg-tracker.js';
import type { StoredVersion } from './stored-version.js';

const NOTHING_KNOWN = { newest: null, completeTo: null };

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
    HeldDays.NONE,
  );

describe('a tracker of rates', () => {
  it('gives each rate with the one before, a correction of the day with the same', () => {
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

  it('keeps the bank’s rates and a person’s of one code apart, an edited one among the latter', () => {
    const legs = tracker(version('2026-04-20'));
    expect(legs.advance(manual('2026-04-21')).previous).toBeNull();
    expect(legs.advance(manual('2026-04-22', 'R01235')).previous).toEqual(manual('2026-04-21'));
    expect(legs.advance(version('2026-04-23')).previous).toEqual(version('2026-04-20'));
  });

  it('keeps two IDs of one code apart, and answers with the one set last', () => {
    const [old, now] = [version('2026-04-20', { cbr_id: 'R01510' }), version('2026-04-21')];
    for (const before of [
      [old, now],
      [now, old],
    ]) {
      const found = tracker(...before).inForce('USD', day('2026-04-22'), NOTHING_KNOWN);
      expect(found?.current).toEqual(now);
    }
  });

  it('prefers a person’s rate to the bank’s of the same day, and to no newer one', () => {
    const today = [version('2026-04-21'), manual('2026-04-21')];
    for (const before of [today, today.toReversed()]) {
      const found = tracker(...before).inForce('USD', day('2026-04-22'), NOTHING_KNOWN);
      expect(found?.current.source).toBe('manual');
    }
    const newer = [version('2026-04-22'), manual('2026-04-21')];
    for (const before of [newer, newer.toReversed()]) {
      const found = tracker(...before).inForce('USD', day('2026-04-22'), NOTHING_KNOWN);
      expect(found?.current.source).toBe('cbr');
    }
  });

  it('knows no rate of another code, and none that is no longer set', () => {
    const legs = tracker(version('2026-04-20'));
    const sheets = { newest: day('2026-04-21'), completeTo: null };
    expect(legs.inForce('EUR', day('2026-04-20'), NOTHING_KNOWN)).toBeUndefined();
    expect(legs.inForce('USD', day('2026-04-21'), sheets)).toBeUndefined();
    expect(tracker(manual('2026-04-20')).inForce('USD', day('2026-04-21'), sheets)).toBeDefined();
    const held = new HeldDays([
      { cbr_id: 'R01235', code: 'USD', effective_date: day('2026-04-21') },
    ]);
    const carried = new LegTracker([{ current: version('2026-04-20'), previous: null }], held);
    expect(carried.inForce('USD', day('2026-04-21'), sheets)).toBeDefined();
  });

  it('knows what was set monthly before 2010 by the rate before', () => {
    const sheets = { newest: day('2005-06-20'), completeTo: null };
    const legs = tracker(version('2005-05-01'));
    legs.advance(version('2005-06-01'));
    expect(legs.inForce('USD', day('2005-06-20'), sheets)).toBeDefined();
    expect(
      tracker(version('2005-06-01')).inForce('USD', day('2005-06-20'), sheets),
    ).toBeUndefined();
  });
});
