import type { Context } from '../context.js';
import { element, fill } from '../elements/element.js';
import { ROUBLE } from '../address/route.js';
import type { Currency } from '../values/shapes.js';
import { convertingWords } from '../language/converting.js';

/** Code and name of a currency. */
type Choice = readonly [string, string];

/** Fills a list of currencies. An unchanged one is not rebuilt: the user may have it open. */
export function listCurrencies(
  select: HTMLSelectElement,
  chosen: string,
  { board, screen, tongue }: Context,
): void {
  const words = convertingWords(tongue);
  const current = (board.rows ?? []).map((row): Choice => [row.code, tongue.name(row)]);
  const codes = new Set(current.map(([code]) => code));
  const former = (screen.former ?? []).flatMap((currency): Choice[] =>
    codes.has(currency.code) ? [] : [[currency.code, nameOf(currency, tongue.language)]],
  );
  const options = (all: readonly Choice[]) =>
    all.map(([code, name]) => element('option', { value: code }, `${code} — ${name}`));
  const group = (label: string, all: readonly Choice[]) =>
    all.length > 0 && element('optgroup', { label }, ...options(all));
  const key = [...codes, ...former.flat()].join();
  if (select.dataset.key !== key) {
    fill(select, [
      ...options([[ROUBLE, words.rouble]]),
      group(words.current, current),
      group(words.former, former),
    ]);
  }
  select.dataset.key = key;
  select.value = chosen;
}

function nameOf({ name, name_en: nameEn }: Currency, language: 'ru' | 'en'): string {
  return language === 'en' ? (nameEn ?? name) : name;
}
