import { type CalendarDate, toCalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import type { DictionaryEntry } from './currency-dictionary.js';

/** A currency that the bank has set but whose ID is not in its dictionary. */
export interface UnlistedCurrency extends DictionaryEntry {
  /** ID whose series contains its records. */
  series_of?: string;
  /** Set if no series contains it: the days on which it is in daily sheets. */
  in_sheets?: DateRange;
}

/**
 * The old Turkish lira is in sheets until 2004; the dictionary has the old Azerbaijani manat only as a parent; the
 * Latvian rouble is in the series of the lat, without any code; the Belarusian rouble of the 1990s is in 869 sheets
 * and in no series.
 */
export const UNLISTED_CURRENCIES: readonly UnlistedCurrency[] = [
  {
    cbr_id: 'R01020',
    parent_id: 'R01020',
    code: 'AZM',
    num_code: '031',
    name: 'Азербайджанский манат',
    name_en: 'Azerbaijan Manat',
  },
  {
    cbr_id: 'R01090A',
    parent_id: 'R01090A',
    code: 'BYB',
    num_code: '112',
    name: 'Белорусский рубль',
    name_en: 'Belarusian Ruble',
    in_sheets: { from: day('1994-01-14'), to: day('1999-12-30') },
  },
  {
    cbr_id: 'R01406',
    parent_id: 'R01405',
    code: 'R01406',
    num_code: null,
    name: 'Латвийский рублис',
    name_en: 'Latvian Rublis',
    series_of: 'R01405',
  },
  {
    cbr_id: 'R01700',
    parent_id: 'R01700',
    code: 'TRL',
    num_code: '792',
    name: 'Турецкая лира',
    name_en: 'Turkish Lira',
  },
];

function day(text: string): CalendarDate {
  return toCalendarDate(text);
}

/** ID of the series with the records of an unlisted currency, if it is not its own. */
export function seriesOfUnlisted(cbr_id: string): string | undefined {
  return UNLISTED_CURRENCIES.find((currency) => currency.cbr_id === cbr_id)?.series_of;
}
