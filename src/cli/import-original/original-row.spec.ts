import { type OriginalRow, parseOriginalRow } from './original-row.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const ROW: OriginalRow = {
  rowid: 1,
  id: 1,
  code: ' usd ',
  name: 'Доллар США',
  value: 78.585,
  created_at: '2025-12-23 15:05:44.987654',
};

const parse = (changes: Partial<OriginalRow>, zone = 'UTC') =>
  parseOriginalRow({ ...ROW, ...changes }, zone, NOW);

describe('a row of the original', () => {
  it('is parsed with the shortest digits of its double', () => {
    expect(parse({})).toEqual({
      code: 'USD',
      name: 'Доллар США',
      value: '78.585',
      created_at: new Date('2025-12-23T15:05:44.987Z'),
    });
    expect(parse({ value: 1e-7 })).toMatchObject({ value: '0.0000001' });
    expect(parse({ value: 5960 })).toMatchObject({ value: '5960' });
    expect(parse({ value: '078.5850' })).toMatchObject({ value: '78.5850' });
  });

  it.each([
    ['2025-12-23 15:05:44', 'UTC', '2025-12-23T15:05:44.000Z'],
    ['2025-12-23T15:05:44.9Z', 'Europe/Moscow', '2025-12-23T15:05:44.900Z'],
    ['2025-12-23 18:05:44+03:00', 'UTC', '2025-12-23T15:05:44.000Z'],
    ['2025-12-23T18:05:44+0300', 'UTC', '2025-12-23T15:05:44.000Z'],
    ['2025-12-23 18:05', 'Europe/Moscow', '2025-12-23T15:05:00.000Z'],
    // Clocks in Berlin show this time twice: the earlier instant is taken.
    ['2025-10-26 02:30:00', 'Europe/Berlin', '2025-10-26T00:30:00.000Z'],
    ['2025-07-01 12:00:00.5', 'America/New_York', '2025-07-01T16:00:00.500Z'],
  ])('has its time: %s in %s is %s', (created_at, zone, instant) => {
    expect(parse({ created_at }, zone)).toMatchObject({ created_at: new Date(instant) });
  });

  it.each<[Partial<OriginalRow>, RegExp]>([
    [{ code: 'US$' }, /^code is "US\$"/],
    [{ code: null }, /^code is NULL/],
    [{ code: 'rub' }, /^code is "rub"; the rouble has no rate/],
    [{ code: 'RUR' }, /^code is "RUR"; the rouble has no rate/],
    [{ code: 'A'.repeat(100) }, /^code is "A{59};/],
    [{ name: ' ' }, /^name is " "/],
    [{ name: 'a\nb' }, /^name is "a\\nb"/],
    [{ name: 'a\ud800' }, /^name is "a\\ud800"/],
    [
      { name: Buffer.from('c7eeeb', 'hex') },
      /^name is x'c7eeeb'; expected 1 to 200 characters of valid text/,
    ],
    [{ value: 0 }, /^value is 0/],
    [{ value: -1.5 }, /^value is -1.5/],
    [{ value: NaN }, /^value is NaN/],
    [{ value: Infinity }, /^value is Infinity/],
    [{ value: 0.1 + 0.2 }, /^value is 0.30000000000000004/],
    [{ value: null }, /^value is NULL/],
    [{ value: '78,5' }, /^value is "78,5"/],
    [{ value: Buffer.from('78') }, /^value is /],
    [{ created_at: null }, /^created_at is NULL/],
    [{ created_at: '2025-02-30 10:00:00' }, /^created_at is "2025-02-30/],
    [{ created_at: '2025-02-20 25:00:00' }, /^created_at is "2025-02-20 25/],
    [{ created_at: 1_766_502_344 }, /^created_at is 1766502344/],
    [{ created_at: '2026-01-01 00:00:00.001' }, /in the future$/],
  ])('is rejected with a reason: %j', (changes, reason) => {
    expect(parse(changes)).toMatch(reason);
  });
});
