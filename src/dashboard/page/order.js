import { compare, times } from './decimal.js';

/** What rows are sorted by; a row that lacks it comes last either way. */
const KEYS = {
  code: (row) => row.code,
  name: (row, language) => row.names[language],
  value: (row) => row.today?.value ?? null,
  change: (row) => row.today?.change_percent ?? null,
  next: (row) => row.next?.value ?? null,
  nextChange: (row) => row.next?.change_percent ?? null,
};
export const SORT_KEYS = Object.keys(KEYS);

/** The rows that are asked for, favourites first, each part in the order that is wanted. */
export function ordered(rows, { sort, search, favourites, isOnlyFavourites, language }) {
  const isFavourite = ({ code }) => favourites.includes(code);
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
      const order = isBare ? 0 : direction * compareKeys(one.at, other.at);
      return order || (one.row.code < other.row.code ? -1 : 1);
    })
    .map(({ row }) => row);
}

/** Whether every word that is looked for begins a word of the names, the code or the number. */
export function matches({ code, names, today, next }, search) {
  const number = (today ?? next)?.num_code ?? '';
  const words = folded(`${code} ${names.ru} ${names.en} ${number}`).split(/[^\p{L}\p{N}]+/u);
  return folded(search)
    .split(/\s+/)
    .every((part) => part === '' || words.some((word) => word.startsWith(part)));
}

/** What a rate has changed by, for as many units as its value is; null where it is the first one known. */
export function changeOf(rate) {
  if (rate?.change == null || rate.value === null) return null;
  return times(rate.change, rate.nominal, rate.value.split('.')[1]?.length ?? 0);
}

function folded(text) {
  return text.toLowerCase().replaceAll('ё', 'е').trim();
}

function byWords(language) {
  return new Intl.Collator(language).compare;
}
