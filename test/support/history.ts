import type { DictionaryItem, SeriesPoint } from './sheet-builder.js';

/** Small dictionary with all irregularities of the bank's. */
export const DICTIONARY: DictionaryItem[] = [
  { id: 'R01235', num: '840', code: 'USD', name: 'Доллар США', nameEn: 'US Dollar' },
  { id: 'R01239', num: '978', code: 'EUR', name: 'Евро', nameEn: 'Euro' },
  { id: 'R01060', num: '51', code: 'AMD', name: 'Армянский драм', nameEn: 'Armenian Dram' },
  { id: 'R01510', num: '276', code: 'DEM', name: 'Немецкая марка', nameEn: 'Deutsche Mark' },
  {
    ...{ id: 'R01510A', parent: 'R01510', num: '280', code: 'DEM' },
    ...{ name: 'Немецкая марка', nameEn: 'Deutsche Mark' },
  },
  {
    ...{ id: 'R01700J', parent: 'R01700', num: '949', code: 'TRY' },
    ...{ name: 'Турецкая лира', nameEn: 'Turkish Lira' },
  },
  {
    ...{ id: 'R01436', parent: 'R01435', num: '', code: '' },
    ...{ name: 'Литовский талон', nameEn: 'Lithuanian talon' },
  },
];

/** A fixing for every day from Tuesday to Saturday in a range; the value grows by a kopeck each time. */
export function everySheet(from: string, to: string, first = 30): SeriesPoint[] {
  const points: SeriesPoint[] = [];
  for (let day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) {
    if (day.getUTCDay() < 2) continue;
    const value = (first + points.length / 100).toFixed(4).replace('.', ',');
    points.push({ date: day.toISOString().slice(0, 10), value });
  }
  return points;
}

/** The bank's ID of a letter code of the dictionary. */
export function idOf(code: string): string | undefined {
  return DICTIONARY.find((item) => item.code === code)?.id;
}
