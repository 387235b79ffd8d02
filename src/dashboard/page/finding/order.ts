import { compare } from '../values/decimal.js';
import { matches } from './finding.js';
import { type SortKey, USUAL } from './sort-keys.js';
import type { Language, Row } from '../values/shapes.js';

type Keys = Record<SortKey, (row: Row, language: Language) => string | null>;

/** Sort keys; a row without the key comes last in both directions. */
const KEYS: Keys = {
  code: (row) => row.code,
  name: (row, language) => row.names[language],
  value: (row) => row.today?.rate ?? null,
  change: (row) => row.today?.change_percent ?? null,
  next: (row) => row.next?.rate ?? null,
  nextChange: (row) => row.next?.change_percent ?? null,
};

interface Wish {
  sort: { key: SortKey; isDescending: boolean };
  search: string;
  favourites: readonly string[];
  isOnlyFavourites: boolean;
  language: Language;
}

/**
 * Filters rows and sorts them: favourites first, then, by name, the usual ones; each part in the chosen order. Rates are
 * compared for one unit.
 */
export function ordered(
  rows: readonly Row[],
  { sort, search, favourites, isOnlyFavourites, language }: Wish,
): Row[] {
  const isFavourite = ({ code }: Row) => favourites.includes(code);
  const usual = sort.key === 'name' && !sort.isDescending ? USUAL : [];
  const placeOf = (row: Row) => {
    if (isFavourite(row)) return -1;
    const place = usual.indexOf(row.code);
    return place < 0 ? usual.length : place;
  };
  const direction = sort.isDescending ? -1 : 1;
  const key = KEYS[sort.key];
  const compareKeys = sort.key === 'code' || sort.key === 'name' ? byWords(language) : compare;
  return rows
    .filter(
      (row) =>
        matches({ ...row, number: numberOf(row) }, search) &&
        (!isOnlyFavourites || isFavourite(row)),
    )
    .map((row) => ({ row, place: placeOf(row), at: key(row, language) }))
    .sort((one, other) => {
      if (one.place !== other.place) return one.place - other.place;
      const [isBare, isOtherBare] = [one.at === null, other.at === null];
      if (isBare !== isOtherBare) return Number(isBare) - Number(isOtherBare);
      const order = direction * compareKeys(one.at ?? '0', other.at ?? '0');
      return order || (one.row.code < other.row.code ? -1 : 1);
    })
    .map(({ row }) => row);
}

function numberOf({ today, next }: Row): string | null {
  return (today ?? next)?.num_code ?? null;
}

function byWords(language: Language): (one: string, other: string) => number {
  return new Intl.Collator(language).compare;
}
