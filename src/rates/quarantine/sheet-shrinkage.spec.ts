import { toCalendarDate } from '../../common/calendar-date.js';
import { isShrunk, missingIds } from './sheet-shrinkage.js';

const ids = (...names: string[]) => names.map((cbr_id) => ({ cbr_id }));
const FIVE = {
  date: toCalendarDate('2001-12-29'),
  codes: new Map(['A', 'B', 'C', 'D', 'E'].map((id) => [id, `${id}${id}${id}`])),
};

describe('a sheet compared with the previous one', () => {
  it('lacks the currencies that it does not contain, however many others it has', () => {
    expect(missingIds(ids('A', 'B', 'X', 'Y', 'Z'), FIVE)).toEqual(['C', 'D', 'E']);
    expect(missingIds(ids('E', 'D', 'C', 'B', 'A'), FIVE)).toEqual([]);
  });

  it('has shrunk if it lacks more than the limit, not exactly the limit', () => {
    expect(isShrunk(ids('A', 'B', 'C', 'D'), FIVE, 20)).toBe(false);
    expect(isShrunk(ids('A', 'B', 'C'), FIVE, 20)).toBe(true);
    expect(isShrunk(ids('X'), FIVE, 100)).toBe(false);
    expect(isShrunk(ids('A', 'B', 'C', 'D'), FIVE, 0)).toBe(true);
  });

  it('has not shrunk if the previous one is unknown', () => {
    expect(isShrunk(ids('A'), { date: FIVE.date, codes: new Map() }, 0)).toBe(false);
  });
});
