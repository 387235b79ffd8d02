import { Batch } from './batch.js';
import { changesBetween, sentenceFor } from './changes.js';
import type { Rate, Row } from '../values/shapes.js';
import { ENGLISH } from '../language/words-en.js';

const rate = (value: string, effective_date = '2026-04-25') =>
  ({ value, effective_date, nominal: 1, source: 'cbr' }) as Rate;
const row = (code: string, today: Rate | null, next: Rate | null = null): Row => ({
  ...{ code, today, next, names: { ru: code, en: code }, isHeld: false },
});
const COMING = '2026-04-28';

describe('a change', () => {
  const seen = (before: Row[], after: Row[]) =>
    changesBetween(before, after).map(({ code, at, before: was, after: is }) => {
      return [code, at, was?.value, is?.value];
    });

  it('is a figure, a date or a new currency', () => {
    const before = [row('USD', rate('75.5')), row('EUR', rate('88.1'))];
    expect(seen(before, before)).toEqual([]);
    const after = [row('USD', rate('75.50')), row('EUR', rate('88.1')), row('NEW', rate('1'))];
    expect(seen(before, after)).toEqual([
      ['USD', 'today', '75.5', '75.50'],
      ['NEW', 'today', undefined, '1'],
    ]);
  });

  it('is a rate published for the next day', () => {
    const before = [row('USD', rate('75.5'))];
    const after = [row('USD', rate('75.5'), rate('76.1', COMING))];
    expect(seen(before, after)).toEqual([['USD', 'next', '75.5', '76.1']]);
  });

  it('is not the beginning of the day of a published sheet, whose figures were shown before', () => {
    const before = [row('USD', rate('75.5'), rate('76.1', COMING))];
    expect(seen(before, [row('USD', rate('76.1', COMING))])).toEqual([]);
  });

  it('is a deleted rate', () => {
    expect(seen([row('GOLD', rate('9'))], [])).toEqual([['GOLD', 'gone', '9', undefined]]);
  });
});

describe('the sentence for a batch', () => {
  const sheet = { date: '25 April', next: '28 April' };
  const tongue = { words: ENGLISH, show: (value: string) => `<${value}>` };
  const say = (before: Row[], after: Row[], codes: string[] = []) =>
    sentenceFor({ changes: changesBetween(before, after), codes, sheet }, tongue);
  const many = Array.from({ length: 54 }, (_, index) => `C${index}`);

  it('has both values for a single rate', () => {
    expect(say([row('USD', rate('75.5'))], [row('USD', rate('76'))])).toBe(
      'USD: was <75.5>, is <76>',
    );
    expect(say([], [row('USD', rate('76'))])).toBe('USD: <76>');
    expect(say([row('USD', rate('76'))], [])).toBe('USD: the rate was deleted');
  });

  it('summarizes a whole sheet and names it', () => {
    const before = many.map((code) => row(code, rate('1')));
    const coming = many.map((code) => row(code, rate('1'), rate('2', COMING)));
    const corrected = many.map((code) => row(code, rate('3')));
    expect(say(before, coming)).toBe('54\u00A0rates were updated: sheet for 28 April');
    expect(say(before, corrected)).toBe('54\u00A0rates were updated: sheet for 25 April');
  });

  it('names rates of other days, and is absent without changes', () => {
    expect(say([], [], many)).toBe('Rates of other days have changed: C0, C1, C2 and 51 more');
    expect(say([], [], ['USD'])).toBe('Rates of other days have changed: USD');
    expect(say([], [])).toBeNull();
  });
});

describe('a batch', () => {
  const handed: string[][] = [];
  let batch: Batch;

  beforeEach(() => {
    jest.useFakeTimers();
    handed.length = 0;
    batch = new Batch((codes) => handed.push(codes), { quietMs: 100, mostMs: 250 });
  });
  afterEach(() => jest.useRealTimers());

  it('is passed on after a quiet period, with each code once', () => {
    for (const code of ['USD', 'EUR', 'USD']) batch.add({ code });
    jest.advanceTimersByTime(99);
    expect(handed).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(handed).toEqual([['USD', 'EUR']]);
    batch.add({ code: 'JPY' });
    jest.advanceTimersByTime(100);
    expect(handed).toEqual([['USD', 'EUR'], ['JPY']]);
  });

  it('is passed on after the maximum time without a quiet period', () => {
    for (let count = 0; count < 5; count++) {
      batch.add({ code: `C${count}` });
      jest.advanceTimersByTime(60);
    }
    expect(handed).toEqual([['C0', 'C1', 'C2', 'C3', 'C4']]);
  });
});
