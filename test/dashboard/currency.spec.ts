import { getJson, withBody } from '../support/json.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import type { Habits, Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

interface Fixing {
  effective_date: string;
  value: string;
  rate: string;
}

/** As many days are loaded: less than the year with which the page opens otherwise. */
const DAYS = 40;

describe('the page of a currency', () => {
  const visits = withVisitors(() => startFurnishedKurs(undefined, DAYS));
  let visitor: Visitor;
  let dollars: Fixing[];

  beforeAll(async () => {
    const month = `${visits.url}/v1/rates/USD/history?from=2026-03-25`;
    dollars = (await getJson<Fixing[]>(month)).toReversed();
  });

  const opened = async (path: string, habits: Habits = {}) => {
    visitor = await visits.arrive(habits);
    await visitor.page.goto(`${visits.url}/${path}`);
    await drawn();
  };
  /** Waits until the page's own figures have replaced those that the service painted. */
  const drawn = async () => {
    await visitor.sees('.live', /На связи|Live/);
    await visitor.page.locator('.currency:not([aria-busy]) .chart canvas').waitFor();
  };
  const address = async (path: string) => {
    await visitor.page.waitForURL(`${visits.url}/${path}`);
    // The chart is drawn last.
    await visitor.page.locator('.currency:not([aria-busy])').waitFor();
  };
  const shown = (decimal: string) => decimal.replace('.', ',');

  it('opens with the longest period that is loaded, and says what a longer one lacks', async () => {
    await opened('USD');
    await visitor.sees('[aria-current]', '1 месяц');
    expect(await visitor.page.getByLabel('С', { exact: true }).inputValue()).toBe('2026-03-25');
    expect(await visitor.page.locator('.currency .notices').isVisible()).toBe(false);
    await visitor.page.getByRole('link', { name: '1 год' }).click();
    await visitor.sees('.currency .notices', 'Загружено с');
    await visitor.page.goBack();
    await visitor.sees('[aria-current]', '1 месяц');
  });

  it('has the published figures day by day, newest first, a few rows at a time', async () => {
    await opened('USD');
    const { page } = visitor;
    const figures = () => visitor.texts('.daily td:nth-child(2) .digits');
    const published = dollars.map(({ value }) => shown(value));
    expect(await figures()).toEqual(published.slice(0, 15));
    expect(await visitor.text('.daily tbody tr')).toMatch(
      /25 апреля 2026.*75,5318.*−0,1765.*−0,23/s,
    );
    const older = page.getByRole('button', { name: 'Раньше' });
    await older.focus();
    await page.keyboard.press('Enter');
    await visitor.sees('.place', `16–${dollars.length} из ${dollars.length}`);
    expect(await figures()).toEqual(published.slice(15));
    // At the end the button keeps the focus, and does nothing.
    await page.keyboard.press('Enter');
    expect(await figures()).toEqual(published.slice(15));
    const csv = await page.getByRole('link', { name: 'Скачать CSV' }).getAttribute('href');
    const rows = (await (await fetch(csv ?? '')).text()).trim().split('\n');
    expect(rows).toHaveLength(dollars.length + 1);
    await page.locator('.daily th a').last().click();
    await page.waitForURL(`${visits.url}/on/${dollars.at(-1)?.effective_date}`);
  });

  it('says how much the rate moved between the first and the last day', async () => {
    await opened('USD?from=2026-04-21&to=2026-04-24', { locale: 'en-US' });
    const { value: last } = dollars.find((each) => each.effective_date === '2026-04-24') ?? {};
    const { value: first } = dollars.find((each) => each.effective_date === '2026-04-21') ?? {};
    const moved = (Number(last) - Number(first)).toFixed(4).replace('-', '−');
    const [change, low, high, average] = await visitor.texts('.statistics > div');
    expect(change).toContain(moved);
    expect(change).toMatch(/−2\.22.%\s+21 April 2026 – 24 April 2026/);
    expect(low).toMatch(/^Minimum\s+75\.7083\s+24 April 2026$/);
    expect(high).toMatch(/^Maximum\s+77\.4304\s+21 April 2026$/);
    expect(average).toMatch(/^Average\s+76\.5563\s+of 4.fixings, rounded to 4.decimals$/);
  });

  it('takes any range by fields, by dragging and by keys, and goes back through them', async () => {
    await opened('USD');
    const { page } = visitor;
    await page.getByLabel('С', { exact: true }).fill('2026-04-01');
    await page.getByLabel('по', { exact: true }).fill('2026-04-22');
    await page.keyboard.press('Enter');
    await address('USD?from=2026-04-01&to=2026-04-22');
    await visitor.sees('.statistics', /1 апреля 2026.*22 апреля 2026/);
    const plot = await page.locator('.u-over').boundingBox();
    const { x = 0, y = 0, width = 0 } = plot ?? {};
    await page.mouse.move(x + width / 3, y + 40);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, y + 60, { steps: 5 });
    await page.mouse.up();
    await address('USD?from=2026-04-08&to=2026-04-22');
    await visitor.sees('.statistics', /8 апреля 2026.*22 апреля 2026/);
    const chart = page.getByRole('slider');
    await chart.focus();
    for (const key of ['ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft']) await chart.press(key);
    await chart.press('Enter');
    await address('USD?from=2026-04-17&to=2026-04-21');
    await visitor.sees('.statistics', /17 апреля 2026.*21 апреля 2026/);
    await page.goBack();
    await page.goBack();
    await visitor.sees('.statistics', /1 апреля 2026.*22 апреля 2026/);
    expect(await page.getByLabel('по', { exact: true }).inputValue()).toBe('2026-04-22');
  });

  it('ends with the newest sheet, though its address goes on', async () => {
    await opened('USD?from=2026-04-20&to=2027-01-01');
    await visitor.sees('.statistics', /21 апреля 2026.*25 апреля 2026/);
  });

  it('leaves the reader at the day and the rows they read when news come', async () => {
    await opened('USD?with=EUR');
    const { page } = visitor;
    const chart = page.getByRole('slider');
    await chart.press('Home');
    await page.getByRole('button', { name: 'Раньше' }).click();
    await visitor.sees('.place', '16–');
    await page.evaluate("document.querySelector('.chart canvas').isOfBefore = true");
    const gold = withBody('POST', { code: 'GOLD', name: 'Золото', value: '9876.5' });
    const { id } = await getJson<{ id: number }>(`${visits.url}/v1/rates`, gold);
    await page.locator('#compare option[value="GOLD"]').waitFor({ state: 'attached' });
    await page.locator('.currency:not([aria-busy])').waitFor();
    expect(await chart.getAttribute('aria-valuenow')).toBe('0');
    await visitor.sees('.reading', '25 марта 2026');
    await visitor.sees('.legend', /USD.*\(0,00.%\).*EUR.*\(0,00.%\)/);
    await visitor.sees('.place', '16–');
    // A chart that did not change is not drawn again, so that a drag goes on.
    expect(await page.evaluate("document.querySelector('.chart canvas').isOfBefore")).toBe(true);
    await fetch(`${visits.url}/v1/rates/${id}`, { method: 'DELETE' });
    await page.getByRole('link', { name: '1 неделя' }).click();
    await address('USD?period=1w&with=EUR');
    await visitor.sees('.reading', '25 апреля 2026');
  });

  it('compares four currencies, each with its own dash, and keeps them in the address', async () => {
    await opened('USD');
    const { page } = visitor;
    const others = page.getByLabel('Сравнить с валютой');
    await others.selectOption('EUR');
    await address('USD?with=EUR&indexed=1');
    await others.selectOption('CNY');
    await others.selectOption('JPY');
    await address('USD?with=EUR,CNY,JPY&indexed=1');
    expect(await others.isDisabled()).toBe(true);
    await visitor.sees('.unit', 'Первый курс периода = 100');
    await page.reload();
    await drawn();
    await visitor.sees('.legend', 'JPY');
    const dashes = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.legend line')].map((line) => line.getAttribute('stroke-dasharray'))",
    );
    expect(new Set(dashes).size).toBe(4);
    const [newest, oldest] = [dollars[0]?.rate, dollars.at(-1)?.rate].map(Number);
    const index = ((100 * (newest ?? 0)) / (oldest ?? 1)).toFixed(2).replace('.', ',');
    await visitor.sees('.legend li', new RegExp(`USD\\s*${index}`));
    const chart = page.getByRole('slider');
    await chart.press('Home');
    await visitor.sees('.legend', /USD\s*100,00.*EUR\s*100,00.*CNY\s*100,00/);
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/JPY 100,00 \(0,00.%\)$/);
    await page.getByRole('link', { name: 'В рублях' }).click();
    await address('USD?with=EUR,CNY,JPY');
    await visitor.sees('.legend', /100 JPY\s*47,2649/);
    await page.getByRole('link', { name: 'Убрать CNY с графика' }).click();
    await address('USD?with=EUR,JPY');
    await page.goto(`${visits.url}/USD?with=EUR,XXX`);
    await drawn();
    await visitor.sees('.legend', 'EUR');
    expect(await visitor.texts('.legend b')).toEqual(['USD', 'EUR']);
  });

  it('prices a currency in any other, with the same chart, table and statistics', async () => {
    await opened('USD?period=1w');
    const { page } = visitor;
    await page.getByLabel('Цена в валюте').selectOption('EUR');
    await address('USD/EUR?period=1w');
    await visitor.sees('.unit', 'EUR за 1 USD');
    const crosses = await getJson<Fixing[]>(
      `${visits.url}/v1/rates/USD/history?from=2026-04-18&quote=EUR`,
    );
    const wanted = crosses.map(({ rate }) => shown(Number(rate).toFixed(6))).toReversed();
    expect(await visitor.texts('.daily td:nth-child(2) .digits')).toEqual(wanted);
    await visitor.sees('.statistics', /Изменение.*Минимум.*Максимум.*Среднее/);
    await page.getByLabel('Цена в валюте').selectOption('RUB');
    await address('USD?period=1w');
    await visitor.sees('.unit', 'рублей за 1 USD');
  });

  it.each([
    [390, 844, 'light'],
    [390, 844, 'dark'],
    [1440, 900, 'light'],
    [1440, 900, 'dark'],
  ] as const)(
    'fits %s × %s, without a serious finding of axe-core: %s',
    async (width, height, colorScheme) => {
      await opened('USD?with=EUR,CNY&indexed=1', { width, height, colorScheme });
      await visitor.sees('.legend', 'CNY');
      expect(await visitor.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await visitor.seriousFindings()).toEqual([]);
    },
  );
});
