import type { CalendarDate } from '../../common/calendar-date.js';
import type { BookView } from '../book/index.js';
import {
  LAST_MONTHLY_DAY,
  type Rhythm,
  SheetNotLoadedError,
  type StoredVersion,
} from '../model/index.js';

/** From this day to the end of 2009 monthly fixings stand in no sheet; before, they had small sheets of their own. */
const MONTHLY_LEFT_SHEETS = '1998-02-01' as CalendarDate;

/** How often a currency was set, while monthly fixings stood in no sheet; otherwise daily. undefined if not known. */
export function rhythmBesideSheets(
  cbr_id: string,
  date: CalendarDate,
  { coverage }: BookView,
): Rhythm | undefined {
  if (date < MONTHLY_LEFT_SHEETS || date > LAST_MONTHLY_DAY) return 'daily';
  return coverage.setting.on(cbr_id, date);
}

/**
 * Whether a fixing stands in the sheet of its date.
 *
 * @throws SheetNotLoadedError if it is not known how often its currency was set
 */
export function isInSheets(
  { cbr_id, effective_date: date }: StoredVersion,
  known: BookView,
): boolean {
  const rhythm = rhythmBesideSheets(cbr_id ?? '', date, known);
  if (rhythm === undefined) throw new SheetNotLoadedError(`The sheet of ${date}`);
  return rhythm === 'daily';
}
