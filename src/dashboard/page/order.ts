import { compare, times } from './decimal.js';
import type { Language, Rate, Row } from './shapes.js';

export type SortKey = 'code' | 'name' | 'value' | 'change' | 'next' | 'nextChange';
type Keys = Record<SortKey, (row: Row, language: Language) => string | null>;

/** Sort keys; a row without the key comes last in both directions. */
const KEYS: Keys = {
  code: (row) => row.code,
  name: (row, language) => row.names[language],
  value: (row) => row.today?.value ?? null,
  change: (row) => row.today?.change_percent ?? null,
  next: (row) => row.next?.value ?? null,
  nextChange: (row) => row.next?.change_percent ?? null,
};
export const SORT_KEYS = Object.keys(KEYS) as SortKey[];

interface Wish {
  sort: { key: SortKey; isDescending: boolean };
  search: string;
  favourites: readonly string[];
  isOnlyFavourites: boolean;
  language: Language;
}

/** Filters rows and sorts them: favourites first, each part in the chosen order. */
export function ordered(
  rows: readonly Row[],
  { sort, search, favourites, isOnlyFavourites, language }: Wish,
): Row[] {
  const isFavourite = ({ code }: Row) => favourites.includes(code);
  const direction = sort.isDescending ? -1 : 1;
  const key = KEYS[sort.key];
  const compareKeys = sort.key === 'code' || sort.key === 'name' ? byWords(language) : compare;
  return rows
    .filter((row) => matches(row, search) && (!isOnlyFavourites || isFavourite(row)))
    .map((row) => ({ row, mine: isFavourite(row) ? 0 : 1, at: key(row, language) }))
    .sort((one, other) => {
      if (one.mine !== other.mine) return one.mine - other.mine;
      const [isBare, isOtherBare] = [one.at === null, other.at === null];
      if (isBare !== isOtherBare) return Number(isBare) - Number(isOtherBare);
      const order = direction * compareKeys(one.at ?? '0', other.at ?? '0');
      return order || (one.row.code < other.row.code ? -1 : 1);
    })
    .map(({ row }) => row);
}

/** Whether every word of the search is a prefix of a word in the names, the code or the number. */
export function matches({ code, names, today, next }: Row, search: string): boolean {
  const number = (today ?? next)?.num_code ?? '';
  const words = folded(`${code} ${names.ru} ${names.en} ${number}`).split(/[^\p{L}\p{N}]+/u);
  return folded(search)
    .split(/\s+/)
    .every((part) => part === '' || words.some((word) => word.startsWith(part)));
}

/** Change of a rate for its nominal; null if there is no previous rate. */
export function changeOf(rate: Rate | null): string | null {
  if (rate?.change == null) return null;
  return times(rate.change, rate.nominal, rate.value.split('.')[1]?.length ?? 0);
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').trim();
}

function byWords(language: Language): (one: string, other: string) => number {
  return new Intl.Collator(language).compare;
}
