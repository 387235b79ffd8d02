import type { Browser } from 'playwright-core';
import { ADDRESSES } from './every-address.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import { startPrefixingProxy } from './prefixing-proxy.js';
import { launchChromium, Visitor } from './visitor.js';

describe('an address of the page', () => {
  let kurs: Awaited<ReturnType<typeof startFurnishedKurs>>;
  let proxy: Awaited<ReturnType<typeof startPrefixingProxy>>;
  let browser: Browser;
  let visitor: Visitor;
  /** By habits and address. */
  const regulars = new Map<string, Visitor>();

  beforeAll(async () => {
    [kurs, browser] = await Promise.all([startFurnishedKurs(), launchChromium()]);
    proxy = await startPrefixingProxy(kurs.url, '/money');
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    proxy.stop();
    await kurs.stop();
  });

  type Habits = Parameters<typeof Visitor.arrive>[2];
  /** A browser profile of its own loads all files of the page, which takes a second: most tests need none. */
  const comeBack = async (habits: Habits = {}, url = kurs.url) => {
    const key = JSON.stringify([habits, url]);
    visitor = regulars.get(key) ?? (await Visitor.arrive(browser, url, habits));
    regulars.set(key, visitor);
  };
  const left = () => expect(visitor.complaints).toEqual([]);
  const documentAt = async (path: string, language = 'ru') => {
    const response = await fetch(`${kurs.url}/${path}`, {
      headers: { 'Accept-Language': language },
    });
    const text = await response.text();
    const [, title = ''] = /<title>(.*)<\/title>/.exec(text) ?? [];
    const meta = (name: string) =>
      new RegExp(`<(?:meta|link) [^>]*"${name}" (?:content|href)="([^"]*)"`).exec(text)?.[1] ?? '';
    return { response, text, title, meta };
  };

  it.each(ADDRESSES)('/%s shows its figures before any script runs', async (path, russian) => {
    await comeBack({ javaScriptEnabled: false });
    await visitor.page.goto(`${kurs.url}/${path}`);
    await visitor.sees('h1', russian);
    expect((await visitor.texts('main .digits')).join('')).toMatch(/\d/);
    // Nothing is said to be missing that is only still to come.
    expect(await visitor.text('main')).not.toContain('нет данных');
    left();
  });

  it.each(ADDRESSES)(
    '/%s opens cold in both languages and on both screens',
    async (path, ...headings) => {
      for (const [at, locale] of (['ru-RU', 'en-US'] as const).entries()) {
        await comeBack({ locale });
        for (const [width, height] of [
          [390, 844],
          [1440, 900],
        ] as const) {
          await visitor.page.setViewportSize({ width, height });
          await visitor.open(path);
          await visitor.sees('h1', headings[at] ?? '');
          await visitor.sees('.live', at === 0 ? 'На связи' : 'Live');
          expect(await visitor.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          expect(visitor.page.url()).toBe(`${kurs.url}/${path}`);
        }
        left();
      }
    },
  );

  it.each(ADDRESSES)('/%s has a title, a description, and one canonical address', async (path) => {
    const { response, title, meta } = await documentAt(path);
    expect(response.status).toBe(200);
    expect(title).toMatch(/Курсы Банка России$/);
    expect(meta('description').length).toBeGreaterThan(40);
    expect(meta('og:title')).toBe(title);
    expect(meta('og:description')).toBe(meta('description'));
    expect(meta('canonical')).toBe(`${kurs.url}/${path}`);
    expect(response.headers.get('vary')).toMatch(/Accept-Language/);
    const picture = await fetch(meta('og:image'));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    const tag = response.headers.get('etag') ?? '';
    const again = await fetch(`${kurs.url}/${path}`, {
      headers: { 'Accept-Language': 'ru', 'If-None-Match': tag },
    });
    expect(again.status).toBe(304);
    expect((await documentAt(path, 'en-GB,en')).title).toMatch(/Bank of Russia rates$/);
    const { search } = new URL(`${kurs.url}/${path}`);
    const chosen = `${path}${search === '' ? '?' : '&'}lang=en`;
    expect((await documentAt(chosen)).title).toMatch(/Bank of Russia rates$/);
  });

  it('names figures in its title, for tabs and previews of links', async () => {
    expect((await documentAt('USD')).title).toMatch(/^USD = \d+,\d{4} ₽ — Доллар США — /);
    expect((await documentAt('JPY', 'en')).title).toMatch(/^100 JPY = \d+\.\d{4} ₽ — /);
    expect((await documentAt('USD/EUR')).title).toMatch(/^1 USD = 0,\d{6} EUR — /);
    expect((await documentAt('convert/100/USD/EUR')).title).toMatch(/^100 USD = \d+,\d\d EUR — /);
    expect((await documentAt('USD?period=5y')).meta('canonical')).toBe(`${kurs.url}/USD`);
  });

  it.each([
    ['UDS', 'USD'],
    ['USDT', 'USD'],
    ['840', 'USD'],
    ['USD/EUT', 'EUR'],
  ])('/%s is not found, and suggests %s', async (path, code) => {
    const { response, meta } = await documentAt(path);
    expect([response.status, meta('robots')]).toEqual([404, 'noindex']);
    await comeBack();
    await visitor.page.goto(`${kurs.url}/${path}`);
    await visitor.page.locator('.suggestions a', { hasText: code }).first().click();
    await visitor.sees('.now', '₽');
    expect(visitor.page.url()).toBe(`${kurs.url}/${code}`);
    left();
  });

  it.each(['on/yesterday', 'on/2026-02-30', 'convert/x/USD/EUR', 'convert/1'])(
    '/%s is a page that says so',
    async (path) => {
      const { response, text } = await documentAt(path);
      expect(response.status).toBe(404);
      expect(text).toContain('Такой страницы нет');
    },
  );

  it.each([
    ['on/2999-01-01', 404, 'На этот день курсов ещё нет'],
    ['on/2026-04-28', 404, 'На этот день курсов ещё нет'],
    ['on/1992-06-30', 404, 'курс не устанавливался'],
    // A Sunday.
    ['on/2026-04-19', 200, 'действовала таблица от'],
    // A sheet may exist that is not loaded.
    ['on/2005-03-01', 200, 'не загружена'],
  ])('/%s is answered with %s', async (path, status, text) => {
    const answer = await documentAt(path);
    expect(answer.response.status).toBe(status);
    expect(answer.meta('robots')).toBe(status === 404 ? 'noindex' : '');
    await comeBack();
    await visitor.page.goto(`${kurs.url}/${path}`);
    await visitor.sees('.live', 'На связи');
    await visitor.sees('main', text);
    await visitor.page.getByRole('link', { name: 'Все курсы' }).click();
    await visitor.sees('h1', 'Курсы на 24 апреля 2026');
    left();
  });

  it.each(['/', 'usd', 'DOCS', 'RATES', 'V1/RATES', 'HEALTH/LIVE', 'METRICS', 'page/USD', 'Usd'])(
    'is not /%s: the service’s own paths win, and codes are in capitals',
    async (path) => {
      const { response, text } = await documentAt(path);
      expect(text).not.toContain('id="first"');
      expect(response.status).not.toBe(405);
    },
  );

  it.each(['UDS', 'v1/rates', 'on/never', '../etc', ''])(
    'has no picture of %j unless it is one',
    async (of) => {
      const picture = await fetch(`${kurs.url}/page/preview.png?of=${encodeURIComponent(of)}`);
      expect(picture.status).toBe(of === '' ? 200 : 404);
    },
  );

  it('shows no text of an address as markup', async () => {
    const { text } = await documentAt('?search=%3Cscript%3Ealert(1)%3C/script%3E%22%3E');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;');
  });

  it('works under a path of a proxy', async () => {
    for (const [path, russian] of ADDRESSES) {
      await comeBack({}, proxy.url);
      await visitor.open(path);
      await visitor.sees('h1', russian);
      await visitor.sees('.live', 'На связи');
      await visitor.page.locator('.brand').click();
      await visitor.sees('h1', 'Курсы на');
      expect(visitor.page.url()).toMatch(/\/money\/(?:\?|$)/);
      left();
    }
  });

  it('of a day has the rows of the bank’s sheet, in its order', async () => {
    await comeBack();
    await visitor.open('on/2026-04-21');
    await visitor.sees('.live', 'На связи');
    await visitor.sees('tbody th a', 'AUD');
    const codes = await visitor.texts('tbody th a');
    expect(codes.slice(0, 5)).toEqual(['AUD', 'GBP', 'AMD', 'BYN', 'GEL']);
    expect(codes).toHaveLength(14);
    expect(await visitor.text('tr[data-code="IRR"] .nominal')).toBe('1\u00A0000\u00A0000');
    const csv = await visitor.page.getByRole('link', { name: 'Скачать CSV' }).getAttribute('href');
    expect(await (await fetch(csv ?? '')).text()).toMatch(/^code,/);
    const downloads = visitor.page.waitForEvent('download');
    await visitor.page.getByRole('link', { name: 'Скачать Excel' }).click();
    expect((await downloads).suggestedFilename()).toBe('kurs-2026-04-21.xlsx');
    left();
  });
});
