import type { Rate } from './shapes.js';

type Fixing = Pick<Rate, 'effective_date'>;

/** The days on which any of some histories has a fixing, and what each history had in force on them. */
export interface Aligned<Each> {
  days: string[];
  /** By history; null before its first fixing. */
  columns: (Each | null)[][];
}

/** A rate holds until the next one. Of two fixings of a day, the later in the list counts. */
export function aligned<Each extends Fixing>(
  histories: readonly (readonly Each[])[],
): Aligned<Each> {
  const dates = histories.flatMap((fixings) => fixings.map(({ effective_date: date }) => date));
  const days = [...new Set(dates)].sort();
  const columns = histories.map((fixings) => {
    let next = 0;
    let held: Each | null = null;
    return days.map((day) => {
      for (let each = fixings[next]; each && each.effective_date <= day; each = fixings[next]) {
        held = each;
        next += 1;
      }
      return held;
    });
  });
  return { days, columns };
}
