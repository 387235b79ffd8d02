import { startFurnishedKurs } from './furnished-kurs.js';
import type { Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

const PHONE = { width: 390, height: 844 };
/** Controls, and links that are not in running text. */
const TARGETS =
  'button, select, input:not([type="checkbox"]), .check label, th a, nav a, .headline, .download, .brand, .back a';
const ADDRESSES = [
  '',
  'USD',
  'USD/EUR',
  'USD?with=EUR&indexed=1',
  'on/2026-04-21',
  'convert/100/USD/EUR',
  'UDS',
];

describe('the page on a phone', () => {
  const visits = withVisitors(() => startFurnishedKurs());
  let visitor: Visitor;

  beforeEach(async () => (visitor = await visits.arrive(PHONE)));

  const opened = async (path: string) => {
    await visitor.page.goto(`${visits.url}/${path}`);
    await visitor.sees('.live', 'На связи');
  };
  const top = async (selector: string) =>
    (await visitor.page.locator(selector).first().boundingBox())?.y ?? NaN;

  it('has rates and the search before the converter', async () => {
    await opened('');
    expect(await top('.headlines')).toBeLessThan(await top('#search'));
    expect(await top('#search')).toBeLessThan(await top('tbody tr'));
    expect(await top('tbody tr:last-child')).toBeLessThan(await top('.converter'));
  });

  it('keeps the search in sight while the rows scroll', async () => {
    await opened('');
    await visitor.page.locator('tbody tr').last().scrollIntoViewIfNeeded();
    const at = await top('#search');
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(60);
  });

  it.each(ADDRESSES)(
    'has targets of 44 pixels, and no serious finding of axe-core: /%s',
    async (path) => {
      await opened(path);
      const small = await visitor.page.evaluate<string[]>(`
      [...document.querySelectorAll(${JSON.stringify(TARGETS)})].flatMap((node) => {
        const { width, height } = node.getBoundingClientRect();
        const isSmall = width > 0 && height > 1 && (height < 44 || width < 44);
        return isSmall ? [node.outerHTML.slice(0, 90) + ' ' + width + ' × ' + height] : [];
      })`);
      expect(small).toEqual([]);
      expect(await visitor.page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      expect(await visitor.seriousFindings()).toEqual([]);
    },
  );

  it.each([
    ['йена', ['JPY']],
    ['dollar', ['USD', 'AUD']],
    ['€', ['EUR']],
    ['840', ['USD']],
  ])('finds %s', async (search, codes) => {
    await opened('');
    await visitor.page.getByLabel('Поиск').fill(search);
    expect(await visitor.texts('tbody th a')).toEqual(codes);
  });

  it('begins with the dollar, the euro and the yuan, and sorts by the price of one unit', async () => {
    await opened('');
    const { page } = visitor;
    expect((await visitor.texts('tbody th a')).slice(0, 3)).toEqual(['USD', 'EUR', 'CNY']);
    await page.getByLabel('Порядок').selectOption('value down');
    const codes = await visitor.texts('tbody th a');
    // 47 roubles for a hundred yen are less than 11 for one yuan.
    expect(codes.indexOf('JPY')).toBeGreaterThan(codes.indexOf('CNY'));
    expect(codes.at(-1)).toBe('IRR');
  });

  it('says over how long a small line is drawn, in its own colour', async () => {
    await visitor.page.setViewportSize({ width: 1440, height: 900 });
    await opened('');
    await visitor.sees('.headline .period', '30 дней');
    const card = visitor.page.locator('.headline').first();
    const sign = /[+−]/.exec(await card.locator('.period').innerText())?.[0];
    const colour = sign === '+' ? 'up' : 'down';
    expect(await card.locator('svg').getAttribute('class')).toBe(`spark ${colour}`);
  });
});
