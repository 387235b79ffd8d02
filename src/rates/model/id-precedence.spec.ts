import { lastSetText, overruledIds, withPrecedence, takesPrecedence } from './id-precedence.js';

const lastSet = (lasts: Record<string, [date: string, recorded_at: string]>) =>
  new Map(Object.entries(lasts).map(([id, [date, instant]]) => [id, lastSetText(date, instant)]));
const rate = (cbr_id: string | null, code = 'SAR') => ({
  current: { code, cbr_id, source: cbr_id === null ? 'manual' : 'cbr' },
});

describe('of two IDs with one code on one day', () => {
  const morning = '2026-04-22T09:00:00.000Z';
  const evening = '2026-04-22T18:00:00.000Z';

  it('the one with the later last fixing has precedence, whenever recorded', () => {
    const lasts = lastSet({ A: ['2026-04-23', morning], B: ['2026-04-22', evening] });
    expect(takesPrecedence('A', 'B', lasts)).toBe(true);
    expect(takesPrecedence('B', 'A', lasts)).toBe(false);
  });

  it('the last recorded one has precedence if both end on the same date', () => {
    const lasts = lastSet({ A: ['2026-04-22', morning], B: ['2026-04-22', evening] });
    expect(takesPrecedence('A', 'B', lasts)).toBe(false);
    expect(takesPrecedence('B', 'A', lasts)).toBe(true);
  });

  it('exactly one has precedence, even without data', () => {
    for (const lasts of [lastSet({}), lastSet({ A: ['2026-04-22', morning] })]) {
      expect(takesPrecedence('A', 'B', lasts)).toBe(true);
      expect(takesPrecedence('B', 'A', lasts)).toBe(false);
    }
  });

  it('the others are filtered out; other codes and manual rates are kept', () => {
    const lasts = lastSet({ A: ['2026-04-22', morning], B: ['2026-04-22', evening] });
    const [a, b, usd, made] = [rate('A'), rate('B'), rate('R01235', 'USD'), rate(null)];
    expect(withPrecedence([a, b, usd, made], lasts)).toEqual([b, usd, made]);
    expect(withPrecedence([b, a], lasts)).toEqual([b]);
    expect(withPrecedence([a, usd, made, made], lasts)).toEqual([a, usd, made, made]);
  });

  it('the others are returned with those that take precedence', () => {
    const lasts = lastSet({ A: ['2026-04-22', morning], B: ['2026-04-23', morning] });
    expect(overruledIds(['A', 'B', 'C'], lasts)).toEqual([
      { id: 'A', others: ['B'] },
      { id: 'C', others: ['A', 'B'] },
    ]);
    expect(overruledIds(['A'], lasts)).toEqual([]);
  });
});
