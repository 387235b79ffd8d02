import type { Rate } from '../values/shapes.js';
import { rowsOf, sheetOf } from './sheet.js';

const rate = (code: string, given: Partial<Rate> = {}) =>
  ({
    ...{
      code,
      name: `${code} по-русски`,
      name_en: null,
      source: 'cbr',
      nominal: 1,
      value: '1.0000',
    },
    ...{ effective_date: '2026-04-25', requested_date: '2026-04-26', ...given },
  }) as Rate;

describe('the displayed sheet', () => {
  it('is the bank’s newest in force, carried if today has none', () => {
    const monthly = rate('AMD', { effective_date: '2026-04-01' });
    const gold = rate('GOLD', { effective_date: '2026-04-26', source: 'manual' });
    expect(sheetOf([monthly, rate('USD'), gold], null)).toEqual({
      ...{ day: '2026-04-26', date: '2026-04-25', isCarried: true, next: null },
    });
    const own = rate('USD', { effective_date: '2026-04-26' });
    expect(sheetOf([own], null)).toMatchObject({ date: '2026-04-26', isCarried: false });
  });

  it('has a coming one only if that is set for a later day', () => {
    expect(sheetOf([rate('USD')], [rate('USD')]).next).toBeNull();
    const next = rate('USD', { effective_date: '2026-04-28', requested_date: '2026-04-28' });
    expect(sheetOf([rate('USD')], [next]).next).toBe('2026-04-28');
    expect(sheetOf([], [next])).toMatchObject({ day: null, date: null, next: '2026-04-28' });
    expect(sheetOf([], null)).toEqual({ day: null, date: null, isCarried: false, next: null });
  });

  it('is absent if all rates are manual', () => {
    expect(sheetOf([rate('GOLD', { source: 'manual' })], null)).toMatchObject({ date: null });
  });
});

describe('the rows', () => {
  const coming = { effective_date: '2026-04-28', requested_date: '2026-04-28' };

  it('have the coming rate only if the coming sheet has one', () => {
    const today = [rate('USD'), rate('AMD')];
    const latest = [
      rate('USD', { ...coming, value: '2.0000' }),
      rate('AMD', { requested_date: '2026-04-28' }),
      rate('NEW', coming),
    ];
    const sheet = sheetOf(today, latest);
    const rows = rowsOf({ today, latest, sheet, held: ['AMD'] });
    expect(rows.map((row) => [row.code, row.today?.value, row.next?.value, row.isHeld])).toEqual([
      ['USD', '1.0000', '2.0000', false],
      ['AMD', '1.0000', undefined, true],
      ['NEW', undefined, '1.0000', false],
    ]);
  });

  it('fall back to the Russian name', () => {
    const today = [rate('USD', { name_en: 'US Dollar' }), rate('EUR')];
    const rows = rowsOf({ today, latest: null, sheet: sheetOf(today, null), held: [] });
    expect(rows.map(({ names }) => names.en)).toEqual(['US Dollar', 'EUR по-русски']);
  });
});
