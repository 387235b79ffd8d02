import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { startFurnishedKurs } from './furnished-kurs.js';
import { startPrefixingProxy } from './prefixing-proxy.js';
import { launchChromium, Visitor } from './visitor.js';

const { name: BUILD } = JSON.parse(readFileSync('dist/dashboard/files/files.json', 'utf8')) as {
  name: string;
};
const DOLLAR = 'tr[data-code="USD"] td.value';
const NOTICE = 'Нет связи с сервисом: показаны курсы на 24 апреля 2026 г., полученные';
/** That of the service. */
const NOW = '2026-04-24T16:05:00+03:00';
/** Waits in the page; `condition` may await. */
const until = (condition: string) =>
  `(async () => { while (!(${condition})) await new Promise((next) => setTimeout(next, 20)); })()`;
const registered = "(await navigator.serviceWorker.getRegistration('/money/'))";
const kept = (part: string) =>
  `(await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys())))
    .flat().some(({ url }) => url.includes('${part}'))`;
/** The page and its rates are in the browser. */
const KEPT = until(
  ['v1/rates?source=all', 'v1/rates?from=', 'v1/currencies']
    .map(kept)
    .reduce((all, each) => `${all} && ${each}`, `${registered}?.active`),
);

describe('the page without the service', () => {
  let kurs: Awaited<ReturnType<typeof startFurnishedKurs>>;
  let proxy: Awaited<ReturnType<typeof startPrefixingProxy>>;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    [kurs, browser] = await Promise.all([startFurnishedKurs(), launchChromium()]);
  }, 300_000);

  beforeEach(async () => {
    proxy = await startPrefixingProxy(kurs.url, '/money');
    visitor = await Visitor.arrive(browser, proxy.url, { serviceWorkers: 'allow' });
    // Of the service's day, so that the rates which came with the page are those of today.
    await visitor.page.clock.setFixedTime(NOW);
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    await visitor.page.evaluate(KEPT);
  });

  afterEach(async () => {
    proxy.stop();
    await visitor.leave();
    expect(visitor.complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await kurs.stop();
  });

  it('opens with the last known rates, says of when they are, and goes on by itself', async () => {
    const { page } = visitor;
    const value = await visitor.text(DOLLAR);
    await visitor.sees('.about', 'действует с этого дня');
    proxy.stop();
    await visitor.open();
    await visitor.sees('.notices', NOTICE);
    await visitor.sees('h1', 'Курсы на 24 апреля 2026');
    await visitor.sees('.live', 'Нет связи');
    expect(await visitor.text(DOLLAR)).toBe(value);
    expect(await visitor.text('.about')).toBe('');
    // Another address, cold; its module was never loaded before.
    await visitor.open('USD');
    await visitor.sees('h1', 'Доллар США');
    await visitor.sees('.notices', NOTICE);
    expect(await visitor.text('.now')).toContain(value);
    await page.locator('.brand').click();
    await visitor.sees('h1', 'Курсы на 24 апреля 2026');
    proxy = await startPrefixingProxy(kurs.url, '/money', { port: proxy.port });
    await page.evaluate("dispatchEvent(new Event('online'))");
    await visitor.sees('.live', 'На связи');
    await visitor.sees('.about', 'действует с этого дня');
    expect((await visitor.texts('.notices')).join('')).toBe('');
  });

  it('answers nothing for the API, its documentation or frames', async () => {
    const { page } = visitor;
    await page.evaluate("fetch('v1/rates?source=all')");
    proxy.stop();
    for (const path of ['v1/rates?source=all', 'v1/status', 'docs', 'embed/USD', 'openapi.json']) {
      const asked = page.evaluate(
        `fetch('${proxy.url}/${path}', { cache: 'no-store' }).then(({ status }) => status)`,
      );
      await expect(asked).rejects.toThrow('Failed to fetch');
    }
    await expect(page.goto(`${proxy.url}/v1/rates`)).rejects.toThrow('ERR_CONNECTION_REFUSED');
  });

  it('opens as well if a proxy says that the service is away', async () => {
    proxy.stop();
    proxy = await startPrefixingProxy(kurs.url, '/elsewhere', { port: proxy.port });
    visitor.isServiceStarting = true;
    await visitor.open();
    await visitor.sees('.notices', NOTICE);
    // The browser reports each 502.
    visitor.complaints.length = 0;
  });

  it('has the files of one build only, after another one has been seen', async () => {
    const { page } = visitor;
    const shelves = async () => {
      const names = await page.evaluate<string[]>('caches.keys()');
      return names.filter((name) => name.startsWith('kurs page'));
    };
    expect(await shelves()).toEqual([`kurs page ${proxy.url}/ ${BUILD}`]);
    proxy.stop();
    const build = { from: BUILD, to: 'NEXT-BUILD' };
    proxy = await startPrefixingProxy(kurs.url, '/money', { port: proxy.port, build });
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    await page.evaluate(until(`${registered}.waiting`));
    // The worker changes when no page is open: this one is the proxy's.
    await page.goto(new URL('/', proxy.url).href);
    visitor.complaints.length = 0;
    await page.evaluate(until(`!${registered}.waiting`));
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    await page.evaluate(KEPT);
    proxy.stop();
    await visitor.open();
    await visitor.sees('.notices', NOTICE);
    expect(await shelves()).toEqual([`kurs page ${proxy.url}/ NEXT-BUILD`]);
    expect(await page.locator('link[rel="stylesheet"]').getAttribute('href')).toContain(
      'NEXT-BUILD',
    );
  });
});
