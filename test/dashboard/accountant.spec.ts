import { getJson } from '../support/json.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import type { Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

/** Saturday's sheet is in force until Tuesday's. */
const SUNDAY = '2026-04-26T12:00:00+03:00';

describe('the page of an accountant', () => {
  const visits = withVisitors(() => startFurnishedKurs(SUNDAY));
  let visitor: Visitor;

  beforeEach(async () => (visitor = await visits.arrive()));

  const convert = (query: string) =>
    getJson<{ result: string; rounded: string }>(`${visits.url}/v1/convert?source=all&${query}`);
  const digits = (text: string) => text.replace(/[^\d,]/g, '').replace(',', '.');

  it('converts to several currencies at once, added and removed by keyboard', async () => {
    const { page } = visitor;
    await visitor.open('convert/100/USD/JPY');
    await visitor.sees('.live', 'На связи');
    await page.getByRole('button', { name: 'ещё валюта' }).press('Enter');
    await page.keyboard.type('CNY');
    await visitor.sees('.answer', 'CNY');
    expect(page.url()).toBe(`${visits.url}/convert/100/USD/JPY,CNY`);
    for (const [at, to] of ['JPY', 'CNY'].entries()) {
      const { result, rounded } = await convert(`amount=100&from=USD&to=${to}`);
      expect(digits((await visitor.texts('.result b'))[at] ?? '')).toBe(rounded);
      expect(digits((await visitor.texts('.exact'))[at] ?? '')).toBe(result);
    }
    expect(await page.title()).toMatch(/^100 USD = [\d\s]+ JPY; [\d\s]+,\d\d CNY — /);
    await page.getByRole('button', { name: 'Поменять местами' }).click();
    await visitor.sees('.question', '100 JPY');
    expect(page.url()).toBe(`${visits.url}/convert/100/JPY/USD,CNY`);
    await page.getByRole('button', { name: 'Убрать валюту' }).press('Enter');
    await page.waitForURL(`${visits.url}/convert/100/JPY/USD`);
  });

  it('means the same amount in either language, and in the address', async () => {
    const { page } = visitor;
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    await page.getByLabel('Сумма').fill('1,234');
    await visitor.sees('.question', '1,234 USD');
    expect(new URL(page.url()).searchParams.get('amount')).toBe('1.234');
    await page.getByRole('button', { name: 'Eng' }).click();
    await visitor.sees('h1', 'Rates for');
    await visitor.sees('.question', '1.234 USD');
    await page.getByLabel('Amount').fill('1,234');
    await visitor.sees('.question', '1,234 USD');
    expect(new URL(page.url()).searchParams.get('amount')).toBe('1234');
  });

  it.each([
    ['', /Курсы на 26 апреля 2026.*USD.*Доллар США.*75,5318.*IRR.*53,9271/s],
    ['on/2026-04-21', /Курсы на 21 апреля 2026.*840.*USD.*JPY.*100/s],
    ['USD', /Доллар США.*75,5318.*25 апреля 2026.*Минимум/s],
    ['USD/EUR', /USD \/ EUR.*0,857085/s],
    ['convert/100/USD/EUR,CNY', /100 USD =.*85,71 EUR.*684,67 CNY.*от 25 апреля 2026/s],
  ])(
    'prints /%s on one page of A4, black on white, with its address and day',
    async (path, text) => {
      await visitor.leave();
      visitor = await visits.arrive({ colorScheme: 'dark' });
      const { page } = visitor;
      await visitor.open(path);
      await visitor.sees('.live', 'На связи');
      await visitor.page.locator('main .digits').first().waitFor();
      await visitor.page.locator('main:not(:has([aria-busy]))').waitFor();
      // The bank's sheets have up to 56 rows.
      await page.evaluate(`for (const body of document.querySelectorAll('.overview tbody, .of-day tbody'))
      for (const row of [...body.rows, ...body.rows, ...body.rows]) body.append(row.cloneNode(true))`);
      const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      await page.emulateMedia({ media: 'print' });
      const paper = await visitor.text('body');
      expect(paper).toMatch(text);
      expect(paper).toContain(`${visits.url}/${path}`);
      expect(
        await page.locator('button:visible:not(.sort), input:visible, select:visible').count(),
      ).toBe(0);
      const colours = await page.evaluate<string[]>(`['backgroundColor', 'color']
      .map((name) => getComputedStyle(document.body)[name])`);
      expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    },
  );

  it('paints the conversion of an address, with its title, before any script runs', async () => {
    const response = await fetch(`${visits.url}/convert/100/USD/EUR,CNY?on=2026-04-20`, {
      headers: { 'Accept-Language': 'en' },
    });
    const text = await response.text();
    const [eur, cny] = await Promise.all(
      ['EUR', 'CNY'].map((to) => convert(`amount=100&from=USD&to=${to}&date=2026-04-20`)),
    );
    const sentence = `100 USD = ${eur?.rounded} EUR; ${cny?.rounded} CNY`;
    expect(text).toContain(`<title>${sentence} — `);
    expect(text).toContain(
      `rel="canonical" href="${visits.url}/convert/100/USD/EUR,CNY?on=2026-04-20"`,
    );
    expect(text).toContain(`<b class="digits">${cny?.rounded}</b>`);
  });

  it('says why a rate is used: its sheet, that it is carried, its units, and the arithmetic', async () => {
    const { page } = visitor;
    await visitor.open('convert/100/USD/JPY?on=2026-04-27');
    await visitor.sees('.live', 'На связи');
    const why = page.getByText('Почему такой курс');
    await why.waitFor();
    await why.press('Enter');
    await visitor.sees(
      '.why',
      'USD, JPY: на 27 апреля 2026 г. нового курса нет, действует прежний',
    );
    await visitor.sees('.why', 'может измениться');
    await visitor.sees('.why', 'Курс JPY банк объявляет за 100 единиц');
    await visitor.sees('.why', '100 × 75,5318 ÷ (47,2649 ÷ 100) ≈ 15\u00A0981 JPY');
    expect(await visitor.seriousFindings()).toEqual([]);
    await page.locator('.used a').first().click();
    await visitor.sees('h1', 'Курсы на 25 апреля 2026');
    expect(page.url()).toBe(`${visits.url}/on/2026-04-25`);
  });
});
