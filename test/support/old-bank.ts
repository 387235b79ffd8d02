import { addDays, type CalendarDate, toCalendarDate } from '../../src/common/calendar-date.js';
import type { FakeBank } from './fake-bank.js';
import {
  type DictionaryItem,
  EUR,
  type SeriesPoint,
  sheetXml,
  USD,
  type Valute,
} from './sheet-builder.js';

/** Days on which a currency is set; monthly ones are in no complete sheet. */
interface Habit {
  valute: Omit<Valute, 'value' | 'unitRate'>;
  isSet: (day: CalendarDate, weekday: number) => boolean;
  /** Whether it is in a sheet of its day, complete or partial. */
  isInSheets: (day: CalendarDate) => boolean;
  /** ID of the series that contains it; null: none. */
  seriesOf: string | null;
}

/** Periods with publications; other days have none. */
export const OLD_TIMES = [
  ['1997-11-01', '1998-06-30'],
  ['2009-10-01', '2010-02-28'],
].map(([from = '', to = '']) => ({ from: toCalendarDate(from), to: toCalendarDate(to) }));

export const NEWEST_SHEET = '25.04.2026';

const always = () => true;
const isWorkday = (_: CalendarDate, weekday: number) => weekday >= 2;
const isFirst = (day: CalendarDate) => day.endsWith('-01');
const isLast = (day: CalendarDate) => isFirst(addDays(day, 1));

function habit(
  [id, num, code, name]: readonly [string, string, string, string],
  isSet: Habit['isSet'],
  { isInSheets = always, seriesOf = id }: Partial<Omit<Habit, 'valute' | 'isSet'>> = {},
): Habit {
  return {
    valute: { id, num, code, name, nominal: 10 ** (name.length % 3) },
    isSet,
    isInSheets,
    seriesOf,
  };
}

const HABITS: Habit[] = [
  habit(['R01235', '840', 'USD', 'Доллар США'], isWorkday),
  habit(
    ['R01510', '276', 'DEM', 'Немецкая марка'],
    (day, weekday) => isWorkday(day, weekday) && day < '2002-01-01',
  ),
  habit(
    ['R01239', '978', 'EUR', 'Евро'],
    (day, weekday) => isWorkday(day, weekday) && day > '1999-01-01',
  ),
  // Ended in between, and never set again.
  habit(
    ['R01700', '792', 'TRL', 'Турецких лир'],
    (day, weekday) => isWorkday(day, weekday) && day <= '1998-03-17',
  ),
  // Twice a week, in complete sheets, with a pause of three weeks.
  habit(
    ['R01090A', '112', 'BYB', 'Белoрусских рублей'],
    (day, weekday) =>
      (weekday === 3 || weekday === 6) &&
      (day < '1998-01-10' || day > '1998-01-31') &&
      day < '2000-01-01',
    { seriesOf: null },
  ),
  habit(
    ['R01406', '', '', 'Латвийский рублис'],
    (day, weekday) => weekday === 4 && day < '1997-12-20',
    { seriesOf: 'R01405' },
  ),
  habit(
    ['R01405', '428', 'LVL', 'Латвийский лат'],
    (day, weekday) => isWorkday(day, weekday) && day >= '1998-01-06',
  ),
  // Monthly: in sheets until January 1998, some in their own sheets, then in their series.
  habit(
    ['R01100', '975', 'BGN', 'Болгарский лев'],
    (day) => (day < '2009-11-01' ? isFirst(day) : day < '2010-01-01' && isLast(day)),
    { isInSheets: (day) => day < '1998-02-01' },
  ),
  habit(
    ['R01135', '348', 'HUF', 'Венгерский форинт'],
    (day, weekday) =>
      day < '2010-01-01' ? isFirst(day) : isWorkday(day, weekday) && day >= '2010-01-12',
    { isInSheets: (day) => day < '1998-02-01' || day >= '2010-01-01' },
  ),
  // Daily until February 1998, then monthly.
  habit(
    ['R01335', '398', 'KZT', 'Казахстанский тенге'],
    (day, weekday) =>
      day < '1998-02-04' ? isWorkday(day, weekday) : day < '2010-01-01' && isFirst(day),
    { isInSheets: (day) => day < '1998-02-04' },
  ),
  // Own sheets on Mondays of one month.
  habit(
    ['R01795', '233', 'EEK', 'Эстонская крона'],
    (day, weekday) => (weekday === 1 || weekday === 5) && day >= '1998-04-01' && day < '1998-05-01',
  ),
];

export const CODES = [...HABITS.map(({ valute: { id, code } }) => code || id)];
/** Codes whose rate is carried although the sheet in force lacks them. */
export const MONTHLY_CODES = ['BGN', 'HUF', 'KZT'];

/** Publication of one day. */
export interface OldSheet {
  date: CalendarDate;
  valutes: Valute[];
}

export function oldSheets(): OldSheet[] {
  return daysOf().flatMap((date) => {
    const valutes = setOn(date)
      .filter(({ isInSheets }) => isInSheets(date))
      .map(({ valute }) => ({ ...valute, value: valueOn(valute.id, date) }));
    return valutes.length > 0 ? [{ date, valutes }] : [];
  });
}

/** Publishes everything: sheets, series, the dictionary, and a newest sheet of 2026. */
export function openOldBank(bank: FakeBank): void {
  for (const { date, valutes } of oldSheets()) bank.publish(sheetXml(dotted(date), valutes));
  bank.publish(sheetXml(NEWEST_SHEET, [USD, EUR]));
  const series = new Map<string, SeriesPoint[]>();
  for (const date of daysOf()) {
    for (const { valute, seriesOf } of setOn(date)) {
      if (seriesOf === null) continue;
      const points = series.get(seriesOf) ?? [];
      const nominal = Number(valute.nominal);
      const value = valueOn(valute.id, date);
      points.push({ date, value, nominal, unitRate: unitRateOf(value, nominal), id: valute.id });
      series.set(seriesOf, points);
    }
  }
  for (const [id, points] of series) bank.record(id, points);
  bank.list(OLD_DICTIONARY);
}

const LEFT_OUT = ['R01090A', 'R01406', 'R01700'];
export const OLD_DICTIONARY: DictionaryItem[] = HABITS.filter(
  ({ valute: { id } }) => !LEFT_OUT.includes(id),
).map(({ valute: { id, num, code, name } }) => ({
  id,
  num,
  code,
  name,
  nameEn: `Name of ${code}`,
}));

export function dotted(date: CalendarDate): string {
  return date.split('-').reverse().join('.');
}

function daysOf(): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (const { from, to } of OLD_TIMES) {
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  }
  return days;
}

function setOn(date: CalendarDate): Habit[] {
  const weekday = new Date(date).getUTCDay();
  return HABITS.filter(({ isSet }) => isSet(date, weekday));
}

/** As the bank prints it: with a comma, without zeros at the end. */
function unitRateOf(value: string, nominal: number): string {
  const places = 4 + Math.round(Math.log10(nominal));
  const text = (Number(value.replace(',', '.')) / nominal).toFixed(places);
  return text.replace(/0+$/, '').replace(/\.$/, '').replace('.', ',');
}

/** Distinct figure for each currency and day. */
function valueOn(id: string, date: CalendarDate): string {
  const seed = Number(date.replaceAll('-', '')) % 9_973;
  return `${(Number(id.replace(/\D/g, '')) % 97) + 1},${String(seed).padStart(4, '0')}`;
}
