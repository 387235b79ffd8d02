import { parseDailySheet } from './cbr-xml.js';
import { rejectBomb } from './xml-bomb.js';

const SIZE = 4 * 1024 * 1024;
const fill = (unit: string) => unit.repeat(Math.floor((SIZE - 30) / unit.length));
const around = (inside: string) => `<ValCurs>${inside}</ValCurs>`;
const named = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

describe('a document made to keep the parser busy', () => {
  const allowed: [string, string, string][] = [
    ['150,000 tags', '<a/>'.repeat(150_000), '<a/>'],
    ['150,000 attributes', '='.repeat(150_000), '='],
    ['32 levels', '<a>'.repeat(32), '<a>'],
  ];
  it.each(allowed)('has more than %s, which no document of the bank has', (_, most, more) => {
    expect(() => rejectBomb(most)).not.toThrow();
    expect(() => rejectBomb(most + more)).toThrow(/are no document of the bank$/);
  });

  it.each([
    ['ends of elements', '<a></a>'],
    ['elements that end at once', '<a/>'],
    ['comments', '<!-- -->'],
    ['instructions', '<?a?>'],
    ['signs in a text', 'a > b / c '],
  ])('is not deep for its %s', (_, one) => {
    expect(() => rejectBomb(`<a><b>${one.repeat(100)}</b></a>`)).not.toThrow();
    expect(() => rejectBomb('<a>'.repeat(31) + one.repeat(3) + '<a>')).not.toThrow();
    expect(() => rejectBomb('<a>'.repeat(32) + one.repeat(3) + '<a>')).toThrow(/33 deep/);
  });

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
