import type { CalendarDate } from '../../common/calendar-date.js';
import type { Fixing } from '../model/index.js';

/** Currencies of the earlier sheet that a new one is compared with. */
export interface ComparedSheet {
  date: CalendarDate;
  /** Letter codes by the bank's ID. */
  codes: ReadonlyMap<string, string>;
}

/** The bank's IDs of currencies that a sheet lacks. */
export function missingIds(
  fixings: readonly Pick<Fixing, 'cbr_id'>[],
  { codes }: ComparedSheet,
): string[] {
  const ids = new Set(fixings.map(({ cbr_id }) => cbr_id));
  return [...codes.keys()].filter((id) => !ids.has(id));
}

/** Whether a sheet lacks more than `percent` of the currencies. */
export function isShrunk(
  fixings: readonly Pick<Fixing, 'cbr_id'>[],
  compared: ComparedSheet,
  percent: number,
): boolean {
  return missingIds(fixings, compared).length * 100 > compared.codes.size * percent;
}
