import { parseSeries } from './cbr-series-xml.js';
import { parseDailySheet } from './cbr-xml.js';
import { seriesXml } from '../../test/support/sheet-builder.js';
import { addDays, toCalendarDate as day } from '../common/calendar-date.js';

const SIZE = 4 * 1024 * 1024;
const fill = (unit: string) => unit.repeat(Math.floor((SIZE - 30) / unit.length));
const around = (inside: string) => `<ValCurs>${inside}</ValCurs>`;

/** What is measured in time stands apart: npm run mutation has no use for it. */
describe('a long document', () => {
  const endured: [string, string][] = [
    ['references', around(fill('&amp;'))],
    ['entities', around(fill('&x;'))],
    ['one text', around(fill('x'))],
    ['one name', around(`<${fill('x')}/>`)],
    ['one attribute', `<ValCurs a="${fill('x')}"></ValCurs>`],
    ['one comment', around(`<!--${fill('-x')}-->`)],
    ['spaces', around(`<a ${fill(' ')}/>`)],
    ['spaces at the end', `${around('')}${fill(' ')}x`],
    ['ends without an end', around(fill('</ValCurs '))],
    ['greater than', around(fill('>'))],
  ];
  it.each(endured)('%s: is endured, and refused', (_, text) => {
    const before = process.cpuUsage();
    expect(() => parseDailySheet(text)).toThrow(/./);
    const { user, system } = process.cpuUsage(before);
    // Each takes 0.4 s at most; what is quadratic would take hours. Processor time: the machine may be busy.
    expect((user + system) / 1_000).toBeLessThan(10_000);
  });

  it('of forty years of one currency is read', () => {
    const from = day('1992-07-01');
    const points = Array.from({ length: 12_000 }, (_, index) => ({
      date: addDays(from, index),
      value: '75,5273',
    }));
    const range = { from, to: addDays(from, 12_000) };
    const text = seriesXml('R01235', range.from, range.to, points);
    const withUnitRate = text.replaceAll('</Value>', '</Value><VunitRate>75,5273</VunitRate>');
    const { records } = parseSeries(withUnitRate, { cbr_id: 'R01235', range });
    expect(records).toHaveLength(12_000);
  });
});
