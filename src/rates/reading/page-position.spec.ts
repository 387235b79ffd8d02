import { toCalendarDate as day } from '../../common/calendar-date.js';
import { dayOfPosition, pageAfter, pagesAfter, sortKeyOf } from './page-position.js';

const row = (date: string, code: string, source = 'cbr', cbr_id: string | null = 'R01235') => ({
  ...{ requested_date: day(date), code, source, cbr_id },
});
const PAGES = [
  [row('2026-04-24', 'EUR'), row('2026-04-24', 'USD')],
  [],
  [row('2026-04-25', 'EUR'), row('2026-04-25', 'USD')],
];

async function* pagesOf<Row>(pages: Row[][]): AsyncGenerator<Row[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

describe('the sort key of a row', () => {
  it('contains the day or the start of the period, code, source and ID', () => {
    expect(sortKeyOf(row('2026-04-24', 'EUR'))).toBe('2026-04-24.EUR.cbr.R01235');
    expect(sortKeyOf(row('2026-04-24', 'ABC', 'manual', null))).toBe('2026-04-24.ABC.manual.');
    expect(sortKeyOf({ from: day('2026-04-01'), code: 'EUR', source: 'cbr' })).toBe(
      '2026-04-01.EUR.cbr.',
    );
    expect(sortKeyOf({ code: 'EUR', source: 'cbr' })).toBe('.EUR.cbr.');
  });

  it('sorts like rows, a short code before a longer one with the same prefix', () => {
    const rows = [
      row('2026-04-24', 'USD'),
      row('2026-04-25', 'AB'),
      row('2026-04-25', 'AB', 'manual', null),
      row('2026-04-25', 'AB2'),
      row('2026-04-25', 'ABC'),
    ];
    expect(rows.map(sortKeyOf).toSorted()).toEqual(rows.map(sortKeyOf));
  });

  it('contains its day; other texts have none', () => {
    expect(dayOfPosition('2026-04-24.EUR.cbr.R01235')).toBe('2026-04-24');
    expect(dayOfPosition('2026-04-24.EUR.cbr')).toBe('2026-04-24');
    for (const text of ['', 'EUR', '2026-04-24', '2026-04-24.EUR', '2026-02-30.EUR.cbr']) {
      expect(dayOfPosition(text)).toBeUndefined();
    }
  });
});

describe('a page', () => {
  const pageOf = (position: string | undefined, limit: number) =>
    pageAfter(pagesOf(PAGES), position, limit);
  const all = PAGES.flat();

  it('has at most that many rows from the start or after a position, and the position of the next', async () => {
    const [first, second, third] = all.map(sortKeyOf);
    expect(await pageOf(undefined, 3)).toEqual({ rows: all.slice(0, 3), next: third });
    expect(await pageOf(undefined, 4)).toEqual({ rows: all, next: undefined });
    expect(await pageOf(first, 2)).toEqual({ rows: all.slice(1, 3), next: third });
    expect(await pageOf(second, 2)).toEqual({ rows: all.slice(2), next: undefined });
    expect(await pageOf('9999-12-31.A.cbr', 2)).toEqual({ rows: [], next: undefined });
  });

  it.each([1, 2, 3])('of %i loses no rows with the same key', async (limit) => {
    const same = ['1', '2', '3'].map((name) => ({ ...row('2026-04-24', 'USD', 'manual'), name }));
    const pages = [
      [row('2026-04-24', 'EUR'), same[0]],
      [...same.slice(1), row('2026-04-25', 'USD')],
    ];
    const found: object[] = [];
    let next: string | undefined;
    do {
      const page = await pageAfter(pagesOf(pages as (typeof same)[]), next, limit);
      found.push(...page.rows);
      ({ next } = page);
    } while (next !== undefined);
    expect(found).toEqual(pages.flat());
  });

  it('continues after a deleted row', async () => {
    const { rows } = await pageOf('2026-04-24.GBP.cbr.R01035', 1);
    expect(rows).toEqual([all[1]]);
  });

  it('without a limit has everything after the position', async () => {
    const behind = async (position: string | undefined) => {
      const rows = [];
      for await (const page of pagesAfter(pagesOf(PAGES), position)) rows.push(...page);
      return rows;
    };
    expect(await behind(undefined)).toEqual(all);
    expect(await behind(all.map(sortKeyOf)[1])).toEqual(all.slice(2));
  });
});
