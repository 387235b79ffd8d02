import { matches } from './finding.js';
import type { Currency } from '../values/shapes.js';

/** Most suggestions. */
const MOST = 6;

/** Currencies that a mistyped code may have meant, the likeliest first. */
export function suggestionsFor(typed: string, currencies: readonly Currency[]): Currency[] {
  const code = typed.toUpperCase();
  const likely = currencies.flatMap((currency) => {
    const rank = rankOf(code, currency);
    return rank === null ? [] : [{ currency, rank }];
  });
  return likely
    .sort(
      (one, other) => one.rank - other.rank || (one.currency.code < other.currency.code ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ currency }) => currency);
}

/** 0 for the number or a word of the name, then the number of letters to change; null if it is another word. */
function rankOf(
  typed: string,
  { code, name, name_en: nameEn, num_code: number }: Currency,
): number | null {
  const names = { ru: name, en: nameEn ?? name };
  if (number === typed || matches({ code, names, number }, typed)) return 0;
  const distance = distanceBetween(typed, code);
  return distance <= (typed.length > 3 ? 2 : 1) ? distance : null;
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
export function distanceBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= one.length; at++) {
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      const isSame = one[at - 1] === other[to - 1];
      const isSwapped =
        at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      const ways = [
        (rows[at - 1]?.[to] ?? 0) + 1,
        (row[to - 1] ?? 0) + 1,
        (rows[at - 1]?.[to - 1] ?? 0) + (isSame ? 0 : 1),
        ...(isSwapped ? [(rows[at - 2]?.[to - 2] ?? 0) + 1] : []),
      ];
      row.push(Math.min(...ways));
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
