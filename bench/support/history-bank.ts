// A bank with a history, in a process of its own: a series of each currency, and a sheet of every day.
import { FakeBank } from '../../test/support/fake-bank.js';
import { at, manyValutes, sheetXml } from '../../test/support/sheet-builder.js';
import { tellParent } from './parent.js';

/** What the parent is told. */
export interface HistoryBank {
  url: string;
  codes: string[];
}

const [count = NaN, days = NaN] = process.argv.slice(2).map(Number);
const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

const bank = await FakeBank.start();
const currencies = manyValutes(count);
const dates = Array.from({ length: days }, (_, day) =>
  new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10),
);
bank.list(
  currencies.map((each) => ({ ...each, nominal: String(each.nominal), nameEn: each.name })),
);
currencies.forEach(({ id, nominal }, index) => {
  bank.record(
    id,
    dates.map((date, day) => ({ date, value: valueOn(day, index), nominal: Number(nominal) })),
  );
});
dates.forEach((date, day) => {
  const valutes = currencies.map((each, index) => at(each, valueOn(day, index)));
  bank.publish(sheetXml(date.split('-').reverse().join('.'), valutes));
});
const codes = currencies.map(({ code }) => code);
tellParent({ url: bank.url, codes } satisfies HistoryBank);

function valueOn(day: number, index: number): string {
  return `${index + 10},${String((day * 37 + index) % 10_000).padStart(4, '0')}`;
}
