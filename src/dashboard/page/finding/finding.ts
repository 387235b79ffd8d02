import type { Row } from '../values/shapes.js';

/** Signs by which people look for a currency. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₸': ['KZT'],
  '₴': ['UAH'],
  '₺': ['TRY'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₾': ['GEL'],
  '֏': ['AMD'],
  '₼': ['AZN'],
  '₫': ['VND'],
  '₪': ['ILS'],
  '฿': ['THB'],
  '₮': ['MNT'],
  '₦': ['NGN'],
};

/** Names that neither of the bank's own begins with, such as the nominative of `Гривен`. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  CNY: 'женьминьби renminbi rmb yuan',
  CZK: 'крона',
  DKK: 'крона',
  IDR: 'рупия',
  ILS: 'шекель',
  KGS: 'сом',
  KRW: 'вона',
  NOK: 'крона',
  PLN: 'злотый',
  SEK: 'крона',
  UAH: 'гривна',
  XDR: 'сдр sdr',
};

/**
 * Whether every word of the search begins a word of the names, the code or the number; or is the sign of the currency.
 */
export function matches(
  { code, names, number }: Pick<Row, 'code' | 'names'> & { number: string | null },
  search: string,
): boolean {
  const others = OTHER_NAMES[code] ?? '';
  const words = wordsOf(`${code} ${names.ru} ${names.en} ${number ?? ''} ${others}`);
  return search
    .trim()
    .split(/\s+/)
    .every((part) => {
      if (SIGNS[part]?.includes(code)) return true;
      const stem = stemOf(folded(part));
      return stem === '' ? part === '' : words.some((word) => word.startsWith(stem));
    });
}

function wordsOf(text: string): string[] {
  return folded(text).split(/[^\p{L}\p{N}]+/u);
}

/** People write `йена` and `ё`, the bank `иена` and `е`. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replaceAll('йе', 'ие');
}

/** Without the ending: the bank prints `Иен` where people look for `иена`. */
function stemOf(word: string): string {
  const stem = word.replace(/[аеийоуыьэюя]$/, '').replace(/[аеийоуыьэюя]$/, '');
  return stem.length >= 3 ? stem : word;
}
