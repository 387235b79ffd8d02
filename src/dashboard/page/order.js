import { compare, times } from './decimal.js';

/** Sort keys; a row without the key comes last in both directions. */
const KEYS = {
  code: (row) => row.code,
  name: (row, language) => row.names[language],
  value: (row) => row.today?.value ?? null,
  change: (row) => row.today?.change_percent ?? null,
  next: (row) => row.next?.value ?? null,
  nextChange: (row) => row.next?.change_percent ?? null,
};
export const SORT_KEYS = Object.keys(KEYS);

/** Filters rows and sorts them: favourites first, each part in the chosen order. */
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

/** Whether every word of the search is a prefix of a word in the names, the code or the number. */
export function matches({ code, names, today, next }, search) {
  const number = (today ?? next)?.num_code ?? '';
  const words = folded(`${code} ${names.ru} ${names.en} ${number}`).split(/[^\p{L}\p{N}]+/u);
  return folded(search)
    .split(/\s+/)
    .every((part) => part === '' || words.some((word) => word.startsWith(part)));
}

/** Change of a rate for its nominal; null if there is no previous rate. */
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
