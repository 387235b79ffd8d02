import { aligned } from './aligned.js';

const on = (...days: number[]) =>
  days.map((day) => ({ effective_date: `2026-04-0${day}`, rate: String(day) }));

describe('several histories in one chart', () => {
  it('have the days of all; a rate holds until the next one, and there is none before the first', () => {
    const { days, columns } = aligned([on(1, 2, 5), on(2, 4)]);
    expect(days).toEqual(['2026-04-01', '2026-04-02', '2026-04-04', '2026-04-05']);
    expect(columns.map((column) => column.map((each) => each?.rate ?? null))).toEqual([
      ['1', '2', '2', '5'],
      [null, '2', '4', '4'],
    ]);
  });

  it('show the later of two fixings of a day', () => {
    const bank = { effective_date: '2026-04-01', source: 'cbr' };
    const manual = { ...bank, source: 'manual' };
    expect(aligned([[bank, manual]]).columns).toEqual([[manual]]);
  });

  it('are empty if there is none', () => {
    expect(aligned([[]])).toEqual({ days: [], columns: [[]] });
  });
});
