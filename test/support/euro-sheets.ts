import { at, sheetXml, type Valute } from './sheet-builder.js';

/** Currencies replaced by the euro on 1 January 2002. */
export const GONE = [
  ...['ATS', 'BEF', 'DEM', 'ESP', 'FIM', 'FRF', 'GRD', 'IEP', 'ITL', 'NLG', 'PTE'],
];
/** Currencies that stayed in the bank's sheets. */
export const STAYED = [
  ...['AUD', 'BYR', 'CAD', 'CHF', 'DKK', 'EUR', 'GBP', 'ISK', 'JPY', 'KZT', 'NOK', 'SEK', 'SGD'],
  ...['TRL', 'UAH', 'USD', 'XDR'],
];
export const ALL = [...GONE, ...STAYED].sort();

/** Sheet of `date` (yyyy-mm-dd) with these currencies, each at ten roubles unless `values` has another value. */
export function sheetOf(
  date: string,
  codes: readonly string[],
  values: Record<string, string> = {},
): string {
  const valutes = codes.map((code) => at(valuteOf(code), values[code] ?? '10,0000'));
  return sheetXml(date.split('-').reverse().join('.'), valutes);
}

function valuteOf(code: string): Valute {
  const number = 100 + ALL.indexOf(code);
  const names = { code, name: `Валюта ${code}`, num: String(number) };
  return { ...names, id: `R01${number}`, nominal: 1, value: '10,0000' };
}
