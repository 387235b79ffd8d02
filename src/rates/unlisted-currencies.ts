import type { DictionaryEntry } from './currency-dictionary.js';

/**
 * Currencies that the bank has set but whose IDs its dictionary leaves out: the old Turkish lira stands
 * in the sheets of 2002, the old manat of Azerbaijan is known to the dictionary only as a parent.
 */
export const UNLISTED_CURRENCIES: readonly DictionaryEntry[] = [
  {
    cbr_id: 'R01020',
    parent_id: 'R01020',
    code: 'AZM',
    num_code: '031',
    name: 'Азербайджанский манат',
    name_en: 'Azerbaijan Manat',
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
