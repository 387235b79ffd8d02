import {
  addDays,
  dateOfParts,
  daysBetween,
  firstOfMonth,
  isCalendarDate,
  mondayOf,
  moscowDate,
  startOfMoscowDay,
  toCalendarDate,
} from './calendar-date.js';
import {
  decimalOfNumber,
  isNominal,
  isPrice,
  isSameNumber,
  isSameUnitRate,
  isUnitRateOf,
  jsonNumber,
} from './decimal.js';
import { reasonOf } from './message-of.js';
import { CoalescedTask } from './coalesced-task.js';

const day = toCalendarDate;

describe('calendar dates', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2026-04-31', false],
    ['0000-01-01', false],
    ['2026-4-1', false],
    ['2026-04-01T00:00:00Z', false],
    [20260401, false],
  ])('%s exists: %s', (text, exists) => expect(isCalendarDate(text)).toBe(exists));

  it('counts over month ends and leap days', () => {
    expect(addDays(day('2024-02-28'), 2)).toBe('2024-03-01');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
    expect(daysBetween(day('2025-12-30'), day('2026-01-10'))).toBe(11);
  });

  it('are read from parts of one digit, and only if they exist', () => {
    expect(dateOfParts('2026', '4', '5')).toBe('2026-04-05');
    expect(dateOfParts('2026', '02', '30')).toBeUndefined();
    expect(dateOfParts('26', '4', '5')).toBeUndefined();
  });

  it('have the Monday of their week and the first of their month', () => {
    expect(['2025-12-29', '2026-01-04'].map((each) => mondayOf(day(each)))).toEqual([
      ...['2025-12-29', '2025-12-29'],
    ]);
    expect(mondayOf(day('2026-01-05'))).toBe('2026-01-05');
    expect(firstOfMonth(day('2026-01-31'))).toBe('2026-01-01');
  });

  it('goes by Moscow’s wall clock, with its history', () => {
    expect(moscowDate(new Date('2026-04-24T20:59:59Z'))).toBe('2026-04-24');
    expect(moscowDate(new Date('2026-04-24T21:00:00Z'))).toBe('2026-04-25');
    // UTC+4 from 2011 to 2014, and in the summers before.
    expect(moscowDate(new Date('2013-01-15T20:00:00Z'))).toBe('2013-01-16');
    expect(startOfMoscowDay(day('2026-04-25')).toISOString()).toBe('2026-04-24T21:00:00.000Z');
    expect(startOfMoscowDay(day('2013-01-16')).toISOString()).toBe('2013-01-15T20:00:00.000Z');
    expect(startOfMoscowDay(day('2005-07-01')).toISOString()).toBe('2005-06-30T20:00:00.000Z');
  });
});

describe('decimals', () => {
  it.each([
    ['78.5850', true],
    ['0.0000001', true],
    ['123456789012345', true],
    ['1234567890123456', false],
    ['0', false],
    ['0.000', false],
    ['-1', false],
    ['1e5', false],
    ['.5', false],
    ['1.', false],
    ['', false],
  ])('"%s" is a price: %s', (text, is) => expect(isPrice(text)).toBe(is));

  it.each([
    ['78.5850', '78.585'],
    ['5960.0000', '5960'],
    ['100', '100'],
    ['0.10', '0.1'],
    ['1000.0', '1000'],
  ])('%s is %s in JSON', (text, json) => expect(jsonNumber(text)).toBe(json));

  it('gives every published digit back through a JSON number', () => {
    const changed: string[] = [];
    for (let step = 1; step <= 20_000; step++) {
      const digits = String((step * 7_919_777_777_773) % 1_000_000_000_000_000).padStart(15, '1');
      const point = step % 14;
      const text = `${digits.slice(0, 15 - point).replace(/^0+(?=\d)/, '') || '0'}.${digits.slice(15 - point)}0`;
      const read = JSON.parse(jsonNumber(text)) as number;
      if (!isSameNumber(decimalOfNumber(read), text)) changed.push(text);
    }
    expect(changed).toEqual([]);
  });

  it('compares unit rates exactly, whatever the nominal', () => {
    expect(
      isSameUnitRate({ value: '84.3873', nominal: 100 }, { value: '8.43873', nominal: 10 }),
    ).toBe(true);
    expect(
      isSameUnitRate({ value: '84.3873', nominal: 100 }, { value: '8.43874', nominal: 10 }),
    ).toBe(false);
    expect(isUnitRateOf('5.39256E-05', { value: '53.9256', nominal: 1_000_000 })).toBe(true);
    expect(isUnitRateOf('5.39257E-05', { value: '53.9256', nominal: 1_000_000 })).toBe(false);
  });

  it('knows the powers of ten and plain notation', () => {
    expect([1, 10, 1_000_000, 1_000_000_000].every(isNominal)).toBe(true);
    expect([0, 2, 20, 0.1, 1e10, -1, NaN].some(isNominal)).toBe(false);
    expect(decimalOfNumber(1e-7)).toBe('0.0000001');
    expect(decimalOfNumber(NaN)).toBe('NaN');
  });
});

describe('the reason of a failure', () => {
  it('is its message and what the system said of it, each once', () => {
    const cause = new Error('connect ECONNREFUSED\n127.0.0.1:9');
    const refused = 'connect ECONNREFUSED 127.0.0.1:9';
    expect(reasonOf(new Error('It is away', { cause }))).toBe(`It is away: ${refused}`);
    expect(reasonOf(new Error(`It is away: ${refused}`, { cause }))).toBe(`It is away: ${refused}`);
    expect(reasonOf(cause)).toBe(refused);
    expect(reasonOf('no error')).toBe('no error');
  });
});

describe('a wakeable', () => {
  it('runs once more for a wake during a run, and never twice at once', async () => {
    let running = 0;
    let runs = 0;
    const work = new CoalescedTask(async () => {
      expect(++running).toBe(1);
      runs += 1;
      if (runs === 1) for (let wakes = 0; wakes < 5; wakes++) work.wake();
      await Promise.resolve();
      running -= 1;
    });
    work.wake();
    await work.idle();
    expect(runs).toBe(2);
    work.wake();
    await work.idle();
    expect(runs).toBe(3);
  });
});
