import { addDays, Calendar, monthsBefore, moscowDay } from './days.js';

describe('days on the page', () => {
  it('are counted across months and years', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(monthsBefore('2026-03-31', 1)).toBe('2026-02-28');
    expect(monthsBefore('2024-02-29', 12)).toBe('2023-02-28');
    expect(monthsBefore('2026-01-15', 1)).toBe('2025-12-15');
    expect(monthsBefore('2026-04-25', 60)).toBe('2021-04-25');
  });

  it('begin at midnight in Moscow', () => {
    expect(moscowDay(new Date('2026-04-25T20:59:59Z'))).toBe('2026-04-25');
    expect(moscowDay(new Date('2026-04-25T21:00:00Z'))).toBe('2026-04-26');
  });

  it('are formatted so that Russian can use any preposition', () => {
    expect(new Calendar('ru').weekday('2026-04-25')).toBe('25 апреля (суббота)');
    expect(new Calendar('en').weekday('2026-04-25')).toBe('Saturday 25 April');
    expect(new Calendar('en').long('1992-07-01')).toBe('1 July 1992');
  });
});
