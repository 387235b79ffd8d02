import type { CurrencyRoute } from '../address/route.js';
import { Problem, Service } from '../service/service.js';
import { historiesOf } from './history.js';

const DAY = '2026-04-25';
const rate = (effective_date: string, value: string, more = {}) => ({
  ...{ effective_date, value, rate: value, nominal: 1, change: null, source: 'cbr' },
  ...more,
});

/** Histories of `stored` by code, loaded since a day, as the service would answer; and what was asked. */
async function historiesFrom(
  { stored, loadedFrom }: { stored: Record<string, ReturnType<typeof rate>[]>; loadedFrom: string },
  route: Partial<CurrencyRoute> = {},
) {
  const asked: string[] = [];
  const service = new Service('http://kurs/', {
    isAtHand: () => false,
    ask: async (target) => {
      asked.push(target);
      const { pathname, searchParams: query } = new URL(target, 'http://kurs/');
      const code = pathname.split('/')[3] ?? '';
      const all = stored[code];
      const from = query.get('from') ?? loadedFrom;
      if (!all) throw new Problem({ code: 'rates.unknown_code', detail: code });
      if (from < loadedFrom) throw new Problem({ code: 'rates.not_loaded', detail: from });
      const to = query.get('to') ?? DAY;
      const body = all.filter(({ effective_date: date }) => date >= from && date <= to);
      return Promise.resolve({ body, headers: {} });
    },
  });
  const usual = { name: 'currency', code: 'USD', quote: 'RUB', span: null } as const;
  const histories = await historiesOf(
    service,
    { ...usual, ...route },
    DAY,
    new AbortController().signal,
  );
  const shown = histories.map(({ code, from, period, fixings, missing }) => ({
    ...{ code, from, period, isWhole: missing === null },
    days: fixings.map(({ effective_date: date }) => date),
  }));
  return { histories, shown, asked };
}

describe('the history of a currency', () => {
  const USD = ['1997-12-30', '2024-01-10', '2026-01-15', '2026-03-27', DAY].map((day) =>
    rate(day, '75.5000'),
  );

  it('without a range is a year, or the longest shorter period that is loaded', async () => {
    const since = async (loadedFrom: string) =>
      (await historiesFrom({ stored: { USD }, loadedFrom })).shown[0];
    const month = { code: 'USD', period: '1m', days: ['2026-03-27', DAY] };
    expect(await since('1992-07-01')).toMatchObject({ from: '2025-04-25', period: '1y' });
    expect(await since('2026-01-01')).toEqual({ ...month, from: '2026-03-25', isWhole: true });
    // Thirty days are not quite a month: the range begins with what is loaded.
    expect(await since('2026-03-27')).toEqual({ ...month, from: '2026-03-27', isWhole: false });
    expect(await since(DAY)).toMatchObject({ from: DAY, period: '1w', days: [DAY] });
  });

  it('ends with the last day, whatever the address wants', async () => {
    const loaded = { stored: { USD }, loadedFrom: '1992-07-01' };
    const later = await historiesFrom(loaded, { span: { from: '2026-03-27', to: '2027-01-01' } });
    expect(later.shown).toMatchObject([{ isWhole: true, days: ['2026-03-27', DAY] }]);
    expect(later.asked).toEqual([expect.not.stringContaining('2027')]);
    const coming = await historiesFrom(loaded, { span: { from: '2027-01-01', to: '2027-02-01' } });
    expect(coming).toMatchObject({ shown: [{ isWhole: true, days: [] }], asked: [] });
  });

  it('of a former currency is all that was ever set', async () => {
    const stored = { DEM: [rate('1998-01-01', '3.3200'), rate('2001-12-29', '13.5000')] };
    const { shown } = await historiesFrom({ stored, loadedFrom: '1992-07-01' }, { code: 'DEM' });
    expect(shown).toMatchObject([{ period: 'all', days: ['1998-01-01', '2001-12-29'] }]);
  });

  it('is that of all compared currencies in one range, without those that have no rate', async () => {
    const stored = { USD, EUR: [rate('2026-04-24', '88.1000')] };
    const loaded = { stored, loadedFrom: '2026-01-01' };
    const { shown } = await historiesFrom(loaded, { compared: ['EUR', 'XXX'] });
    expect(shown).toMatchObject([
      { code: 'USD', period: '1m' },
      { code: 'EUR', period: '1m', days: ['2026-04-24'] },
    ]);
    await expect(historiesFrom(loaded, { code: 'XXX' })).rejects.toThrow('XXX');
  });

  it('has changes in the roubles of its values, and crosses with six digits', async () => {
    const change = { rate: '5.96', change: '0.003' };
    const stored = {
      USD: [rate('1997-12-30', '5960.0000', change), rate('1998-01-01', '5.9600', change)],
    };
    const span = { from: '1997-12-01', to: '1998-01-31' };
    const loaded = { stored, loadedFrom: '1992-07-01' };
    const roubles = await historiesFrom(loaded, { span });
    expect(roubles.asked).toEqual([expect.stringContaining('restate=true')]);
    expect(roubles.histories[0].fixings.map((each) => each.change)).toEqual(['3', '0.003']);
    const cross = {
      rate: '0.8573011111111111',
      change: '-0.0012345678',
      value: null,
      nominal: null,
    };
    const crosses = await historiesFrom(
      { ...loaded, stored: { USD: [{ ...rate('1997-12-30', ''), ...cross } as never] } },
      { span, quote: 'EUR' },
    );
    expect(crosses.histories[0].fixings).toMatchObject([
      { nominal: 1, value: '0.857301', change: '-0.001235' },
    ]);
  });
});
