import type { Language, Rate, Row } from './shapes.js';

export type SortKey = 'code' | 'name' | 'value' | 'change' | 'next' | 'nextChange';
export const SORT_KEYS: SortKey[];
export function ordered(
  rows: readonly Row[],
  wish: {
    sort: { key: SortKey; isDescending: boolean };
    search: string;
    favourites: readonly string[];
    isOnlyFavourites: boolean;
    language: Language;
  },
): Row[];
export function matches(row: Row, search: string): boolean;
export function changeOf(rate: Rate | null): string | null;
