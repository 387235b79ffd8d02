import { addDays, toCalendarDate as day } from '../../common/calendar-date.js';
import type { RateGroup } from './rate-group.dto.js';
import { type Grouping, grouped } from './rate-groups.js';
import type { RateRecord } from './rate-record.dto.js';

const record = (date: string, rate: string, quote = 'RUB', code = 'USD') =>
  ({ code, quote, rate, effective_date: day(date), source: 'cbr' }) as RateRecord;

async function groupsOf(grouping: Grouping, ...pages: RateRecord[][]): Promise<RateGroup[]> {
  const groups: RateGroup[] = [];
  for await (const closed of grouped(pagesOf(pages), grouping, false)) {
    expect(closed.length).toBeGreaterThan(0);
    groups.push(...closed);
  }
  return groups;
}

async function* pagesOf(pages: RateRecord[][]): AsyncGenerator<RateRecord[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

describe('the fixings of a month', () => {
  it('are summarized by first, last, minimum, maximum and mean', async () => {
    const page = [
      record('2026-04-01', '81.5'),
      record('2026-04-02', '83'),
      record('2026-04-30', '80.2'),
      record('2026-05-01', '80'),
    ];
    expect(await groupsOf('month', page)).toEqual([
      {
        ...{ code: 'USD', quote: 'RUB', period: '2026-04', from: '2026-04-01', to: '2026-04-30' },
        ...{ open: '81.5', high: '83', low: '80.2', close: '80.2' },
        ...{ average: '81.56666666666666666666666667', fixings: 3, source: 'cbr' },
      },
      expect.objectContaining({ period: '2026-05', to: '2026-05-31', average: '80', fixings: 1 }),
    ]);
  });

  it('form one group across pages', async () => {
    const pages = [
      [record('2026-04-01', '1')],
      [],
      [record('2026-04-02', '2'), record('2026-04-03', '3')],
    ];
    expect(await groupsOf('month', ...pages)).toEqual([
      expect.objectContaining({ average: '2', fixings: 3 }),
    ]);
    expect(await groupsOf('month')).toEqual([]);
  });

  it('end with the last day of the month, including 29 February', async () => {
    const [leap, common] = await groupsOf('month', [
      record('2024-02-01', '1'),
      record('2025-02-01', '1'),
    ]);
    expect([leap?.to, common?.to]).toEqual(['2024-02-29', '2025-02-28']);
  });

  it('form two groups in the period of the redenomination', async () => {
    const page = [record('1997-12-30', '5960', 'RUR'), record('1998-01-01', '5.96')];
    const weeks = await groupsOf('week', [record('1997-12-20', '5900', 'RUR'), ...page]);
    expect(weeks.map(({ quote, period, from, to }) => [quote, period, from, to])).toEqual([
      ['RUR', '1997-W51', '1997-12-15', '1997-12-21'],
      ['RUR', '1998-W01', '1997-12-29', '1997-12-31'],
      ['RUB', '1998-W01', '1998-01-01', '1998-01-04'],
    ]);
    const roubles = [
      record('1997-12-30', '0.0001', 'USD', 'RUR'),
      record('1998-01-01', '0.1', 'USD', 'RUB'),
    ];
    expect(await groupsOf('week', roubles)).toMatchObject([
      { code: 'RUR', from: '1997-12-29', to: '1997-12-31', high: '0.0001', fixings: 1 },
      { code: 'RUB', from: '1998-01-01', to: '1998-01-04', low: '0.1', fixings: 1 },
    ]);
    // The week has the same days for any requested range.
    for (const [index, one] of page.entries()) {
      expect(await groupsOf('week', [one])).toEqual([weeks[index + 1]]);
    }
    const euros = page.map((one) => ({ ...one, quote: 'EUR' }));
    expect(await groupsOf('week', euros)).toMatchObject([
      { from: '1997-12-29', to: '1998-01-04', fixings: 2 },
    ]);
    const restated = grouped(
      pagesOf([page.map((one) => ({ ...one, quote: 'RUB' }))]),
      'week',
      true,
    );
    expect(await restated.next()).toMatchObject({
      value: [{ from: '1997-12-29', to: '1998-01-04', fixings: 2 }],
    });
    const months = await groupsOf('month', page);
    expect(months.map(({ from, to }) => [from, to])).toEqual([
      ['1997-12-01', '1997-12-31'],
      ['1998-01-01', '1998-01-31'],
    ]);
  });
});

describe('a week', () => {
  it.each([
    ['2026-04-20', '2026-W17', '2026-04-20'],
    ['2026-04-26', '2026-W17', '2026-04-20'],
    ['2026-04-27', '2026-W18', '2026-04-27'],
    // The year of its Thursday: by ISO 8601 the first days of a year may belong to the previous year, and vice versa.
    ['2021-01-03', '2020-W53', '2020-12-28'],
    ['2021-01-04', '2021-W01', '2021-01-04'],
    ['2024-12-30', '2025-W01', '2024-12-30'],
    ['2026-01-01', '2026-W01', '2025-12-29'],
  ])('of %s is %s, starting on %s', async (date, period, monday) => {
    const [week] = await groupsOf('week', [record(date, '1')]);
    expect(week).toMatchObject({ period, from: monday, to: addDays(day(monday), 6) });
  });
});
