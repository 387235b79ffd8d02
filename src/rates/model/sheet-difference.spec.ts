import { toCalendarDate as day } from '../../common/calendar-date.js';
import type { RateEntity } from './rate.entity.js';
import { compareFixing, type KnownFixing, publishedBefore } from './sheet-difference.js';

const figure = (value: string, nominal = 1) => ({ nominal, value });
const stored = (value: string, differing: Partial<RateEntity> = {}) =>
  ({
    ...{ id: 7, cbr_id: 'R01235', code: 'USD', name: 'Доллар США', ...figure(value) },
    ...{ effective_date: day('2026-04-25'), source: 'cbr' },
    ...differing,
  }) as RateEntity;
const NOTHING: KnownFixing = { stored: undefined, superseded: undefined, previous: undefined };
const FIXING = {
  ...{ cbr_id: 'R01235', code: 'USD', num_code: '840', name: 'Доллар США' },
  ...figure('75.50'),
};
const outcome = (known: Partial<KnownFixing>, isHistory = false) =>
  compareFixing(FIXING, { ...NOTHING, ...known }, isHistory);

describe('a fixing of the bank', () => {
  it('that is already stored is unchanged, regardless of trailing zeros', () => {
    expect(outcome({ stored: stored('75.50') })).toEqual({ kind: 'unchanged' });
    expect(outcome({ stored: stored('75.5') })).toEqual({ kind: 'unchanged' });
  });

  it('with another name is renamed', () => {
    const row = stored('75.5', { name: 'Доллар' });
    expect(outcome({ stored: row })).toEqual({ kind: 'renamed', stored: row, fixing: FIXING });
  });

  it('with another letter code is a correction, unless the rate is manual', () => {
    const row = stored('75.5', { code: 'CNY', name: 'Юань' });
    expect(outcome({ stored: row })).toEqual({ kind: 'corrected', stored: row, fixing: FIXING });
    const edited = stored('99', { code: 'CNY', source: 'manual' });
    expect(outcome({ stored: edited, superseded: figure('75.5') })).toEqual({ kind: 'unchanged' });
  });

  it('with another value or nominal is a correction', () => {
    for (const row of [stored('75.51'), stored('75.50', { nominal: 10 })]) {
      expect(outcome({ stored: row })).toEqual({ kind: 'corrected', stored: row, fixing: FIXING });
      expect(outcome({ stored: row }, true)).toMatchObject({ kind: 'corrected' });
    }
  });

  it('replaces the rate of its code and date under another ID, unless it is history', () => {
    const at = (hour: number) => ({ recorded_at: new Date(Date.UTC(2026, 3, 25, hour)) });
    const other = stored('75.4', { cbr_id: 'R01234', ...at(10) });
    const restored = { kind: 'restored', fixing: FIXING, replaced: other };
    expect(outcome({ underOtherId: other, previous: figure('70') })).toEqual(restored);
    expect(outcome({ underOtherId: other }, true)).toMatchObject({ kind: 'quiet' });
    const same = stored('75.5', { cbr_id: 'R01234', ...at(10) });
    expect(outcome({ underOtherId: same })).toEqual({ kind: 'quiet', fixing: FIXING });
    // The bank has returned to this ID: its own figure is valid again.
    const before = stored('75.5', at(9));
    const corrected = { kind: 'corrected', stored: before, fixing: FIXING, replaced: other };
    expect(outcome({ stored: before, underOtherId: other })).toEqual(corrected);
    const after = stored('75.5', at(11));
    expect(outcome({ stored: after, underOtherId: other })).toEqual({ kind: 'unchanged' });
    // A manual rate stays.
    const edited = {
      stored: stored('99', { source: 'manual', ...at(9) }),
      superseded: figure('75.5'),
    };
    expect(outcome({ ...edited, underOtherId: other })).toEqual({ kind: 'unchanged' });
  });

  it('leaves an edited or deleted rate until the bank’s value changes', () => {
    const edited = stored('99', { source: 'manual', name: 'Бакс' });
    expect(outcome({ stored: edited, superseded: figure('75.5') })).toEqual({ kind: 'unchanged' });
    expect(outcome({ superseded: figure('75.5') })).toEqual({ kind: 'unchanged' });
    expect(outcome({ stored: edited, superseded: figure('74') })).toMatchObject({
      kind: 'corrected',
    });
    expect(outcome({ superseded: figure('74') })).toEqual({
      kind: 'restored',
      fixing: FIXING,
      replaced: figure('74'),
    });
    // A manual rate says nothing about the bank's values.
    expect(outcome({ stored: stored('75.50', { source: 'manual' }) })).toMatchObject({
      kind: 'corrected',
    });
  });

  it('of a new day is announced with the previous rate if the unit rate has changed', () => {
    expect(outcome({})).toEqual({
      ...{ kind: 'announced', fixing: FIXING, replaced: null, isFirst: true },
    });
    expect(outcome({ previous: figure('75.51') })).toEqual({
      isFirst: false,
      kind: 'announced',
      fixing: FIXING,
      replaced: figure('75.51'),
    });
    const quiet = { kind: 'quiet', fixing: FIXING };
    expect(outcome({ previous: figure('75.5') })).toEqual(quiet);
    expect(outcome({ previous: figure('755', 10) })).toEqual(quiet);
  });

  it('of the past is never announced', () => {
    expect(outcome({}, true)).toMatchObject({ kind: 'quiet' });
    expect(outcome({ previous: figure('1') }, true)).toMatchObject({ kind: 'quiet' });
  });
});

describe('the last fixing of the bank for a day', () => {
  it('is the stored one, or the one that a person has replaced', () => {
    const row = stored('75.5');
    expect(publishedBefore({ ...NOTHING, stored: row, superseded: figure('74') })).toBe(row);
    const edited = { ...NOTHING, stored: stored('99', { source: 'manual' }) };
    expect(publishedBefore({ ...edited, superseded: figure('74') })).toEqual(figure('74'));
    expect(publishedBefore(edited)).toBeUndefined();
    expect(publishedBefore(NOTHING)).toBeUndefined();
    expect(publishedBefore(undefined)).toBeUndefined();
  });
});
