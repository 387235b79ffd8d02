import type { DictionaryItem, SeriesPoint, Valute } from '../support/sheet-builder.js';
import { Random } from '../support/random.js';

/** ID, number, code, nominal, names and a plausible value of each currency. */
const LISTED = [
  ['R01010', '036', 'AUD', 1, 'Австралийский доллар', 'Australian Dollar', 53.8417],
  ['R01060', '051', 'AMD', 100, 'Армянских драмов', 'Armenian Dram', 20.3152],
  ['R01090B', '933', 'BYN', 1, 'Белорусский рубль', 'Belarussian Ruble', 26.7973],
  ['R01375', '156', 'CNY', 1, 'Юань', 'China Yuan', 11.0318],
  ['R01239', '978', 'EUR', 1, 'Евро', 'Euro', 88.1264],
  ['R01035', '826', 'GBP', 1, 'Фунт стерлингов', 'British Pound Sterling', 102.0391],
  ['R01210', '981', 'GEL', 1, 'Лари', 'Georgian Lari', 28.0436],
  ['R01270', '356', 'INR', 100, 'Индийских рупий', 'Indian Rupee', 80.1085],
  ['R01300', '364', 'IRR', 1_000_000, 'Иранских риалов', 'Iranian Rial', 53.9271],
  ['R01820', '392', 'JPY', 100, 'Иен', 'Japanese Yen', 47.2649],
  ['R01335', '398', 'KZT', 100, 'Тенге', 'Kazakhstan Tenge', 16.3186],
  ['R01700J', '949', 'TRY', 10, 'Турецких лир', 'Turkish Lira', 16.8405],
  ['R01235', '840', 'USD', 1, 'Доллар США', 'US Dollar', 75.5318],
  ['R01775', '756', 'CHF', 1, 'Швейцарский франк', 'Swiss Franc', 96.0527],
] as const;

export const DICTIONARY: DictionaryItem[] = LISTED.map(([id, num, code, , name, nameEn]) => {
  return { id, num, code, name, nameEn };
});

/**
 * Made-up history of every currency for the given days, oldest first, by ID. It is deterministic: each value differs
 * from the previous one by less than one per cent, and the last value is the listed one.
 */
export function madeUpHistory(dates: readonly string[]): Map<string, SeriesPoint[]> {
  return new Map(
    LISTED.map(([id, , , nominal, , , listed], index) => {
      const random = new Random(index + 1);
      const moves = dates.map(() => 1 + (random.next() - 0.5) / 60);
      const values: number[] = [listed];
      for (const move of moves.slice(1)) values.unshift((values[0] ?? listed) / move);
      const points = dates.map((date, at): SeriesPoint => {
        const value = (values[at] ?? listed).toFixed(4).replace('.', ',');
        return { date, nominal, value };
      });
      return [id, points];
    }),
  );
}

/** The sheet of one day of such a history. */
export function sheetOn(date: string, history: Map<string, SeriesPoint[]>): Valute[] {
  return LISTED.flatMap(([id, num, code, nominal, name]) => {
    const point = history.get(id)?.find((each) => each.date === date);
    return point ? [{ id, num, code, nominal, name, value: point.value }] : [];
  });
}

/** Days of a range for which the bank usually sets rates: Tuesday to Saturday. */
export function sheetDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) {
    if (day.getUTCDay() >= 2) days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

/** Date in the format of the bank's sheets: `25.04.2026` for `2026-04-25`. */
export function dotted(date: string): string {
  return date.split('-').reverse().join('.');
}
