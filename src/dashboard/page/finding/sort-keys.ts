/** What the list can be sorted by; every view knows it, to keep the order of the list. */
export const SORT_KEYS = ['code', 'name', 'value', 'change', 'next', 'nextChange'] as const;

export type SortKey = (typeof SORT_KEYS)[number];

/** Currencies that most readers look for; first in the usual order. */
export const USUAL: readonly string[] = ['USD', 'EUR', 'CNY'];
