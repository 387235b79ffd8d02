import { parseSeries } from './cbr-series-xml.js';
import { parseDailySheet } from './cbr-xml.js';
import { seriesXml } from '../../test/support/sheet-builder.js';
import { addDays, toCalendarDate as day } from '../common/calendar-date.js';

const SIZE = 4 * 1024 * 1024;
const fill = (unit: string) => unit.repeat(Math.floor((SIZE - 30) / unit.length));
const around = (inside: string) => `<ValCurs>${inside}</ValCurs>`;
const named = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

describe('a document made to keep the parser busy', () => {
  const refused: [string, string][] = [
    ['a hundred levels', around('<a>'.repeat(100) + '</a>'.repeat(100))],
    ['200,000 levels', around('<a>'.repeat(200_000) + '</a>'.repeat(200_000))],
    ['levels that nobody closes', around(fill('<a>'))],
    ['levels that close in another order', around('<a>'.repeat(600_000) + '</b>'.repeat(600_000))],
    ['a million tiny elements', around(fill('<a/>'))],
    ['400,000 names', around(named(400_000, (index) => `<a${index}/>`))],
    ['300,000 attributes', `<ValCurs${named(300_000, (index) => ` a${index}="1"`)}></ValCurs>`],
    ['comments', around(fill('<!---->'))],
    ['sections', around(fill('<![CDATA[x]]>'))],
    ['instructions', around(fill('<?a b?>'))],
  ];
  it.each(refused)('%s: is refused before it is parsed', (_, text) => {
    expect(() => parseDailySheet(text)).toThrow(
      expect.objectContaining({ code: 'cbr.too_complex' }) as Error,
    );
  });

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
    const started = performance.now();
    expect(() => parseDailySheet(text)).toThrow(/./);
    // Each takes 0.4 s at most when nothing else runs; what is quadratic would take hours.
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('is told from forty years of one currency', () => {
    const from = day('1992-07-01');
    const points = Array.from({ length: 12_000 }, (_, index) => ({
      date: addDays(from, index),
      value: '75,5273',
    }));
    const range = { from, to: addDays(from, 12_000) };
    const text = seriesXml('R01235', range.from, range.to, points);
    const withUnitRate = text.replaceAll('</Value>', '</Value><VunitRate>75,5273</VunitRate>');
    expect(parseSeries(withUnitRate, range)).toHaveLength(12_000);
  });

  it('does not swell what is said of it', () => {
    const text = `<ValCurs Date="25.04.2026"><Valute ID="${fill('x')}"></Valute></ValCurs>`;
    try {
      parseDailySheet(text);
      throw new Error('not refused');
    } catch (thrown) {
      expect((thrown as Error).message.length).toBeLessThan(400);
    }
  });
});
