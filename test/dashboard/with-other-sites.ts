import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { KursProcess } from '../support/kurs-process.js';
import { at, EUR, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { TODAY, YESTERDAY } from './dashboard-service.js';
import { dotted } from './market.js';
import { OtherSite } from './other-site.js';
import { launchChromium } from './visitor.js';

/**
 * Starts for the tests of a `describe` a service with yesterday's rates, a site that may show them, another that may
 * not, and a browser. Each test has a page of its own, in which nothing may throw.
 *
 * @param settings additional environment of the service
 */
export function withOtherSites(settings: Record<string, string> = {}) {
  const [shop, stranger] = [new OtherSite(), new OtherSite()];
  const complaints: string[] = [];
  let bank: FakeBank;
  let database: TestDatabase;
  let port: number;
  let kurs: KursProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  /** Starts the service, also again after `kill`, on the same port. */
  const begin = async () => {
    kurs = await KursProcess.start({
      ...{ CBR_BASE_URL: bank.url, DATABASE_URL: database.url, PORT: String(port) },
      ...{ EMBED_ORIGINS: shop.origin, ALLOWED_ORIGINS: shop.origin },
      ...settings,
    });
    await kurs.printed(/Rates update finished/);
  };
  const openPage = async (options: BrowserContextOptions = {}) => {
    context = await browser.newContext({ locale: 'ru-RU', ...options });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
  };
  /** Publishes today's sheet and has the service fetch it. */
  const publish = async (...valutes: Valute[]) => {
    bank.publish(sheetXml(dotted(TODAY), valutes));
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  };

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml(dotted(YESTERDAY), [USD, EUR]));
    [database, port] = [await createSqlite(), await freePort()];
    for (const site of [shop, stranger]) await site.open();
    await begin();
    browser = await launchChromium();
  });

  beforeEach(async () => {
    complaints.length = 0;
    await openPage();
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await kurs.kill('SIGKILL');
    for (const site of [shop, stranger]) await site.close();
    await database.drop();
    await bank.stop();
  });

  return {
    ...{ shop, stranger, begin, publish },

    /** Of the service. */
    get url(): string {
      return kurs.url;
    },

    get page(): Page {
      return page;
    },

    /** Publishes today's rate of the dollar. */
    change: (value: string) => publish(at(USD, value), EUR),

    kill: () => kurs.kill('SIGKILL'),

    /** Opens the test's page anew, in a browser with other settings. */
    async reopenPage(options: BrowserContextOptions): Promise<Page> {
      await context.close();
      await openPage(options);
      return page;
    },

    allowClipboard: () => context.grantPermissions(['clipboard-read', 'clipboard-write']),

    iframe: (path: string) =>
      `<iframe src="${kurs.url}/embed/${path}" width="320" height="150"></iframe>`,

    inFrame: () => page.frameLocator('iframe').locator('kurs-rates'),

    element: (attributes = 'codes="USD,XYZ"') =>
      `<script type="module" src="${kurs.url}/page/client/kurs-rates.js"></script><kurs-rates ${attributes}></kurs-rates>`,
  };
}
