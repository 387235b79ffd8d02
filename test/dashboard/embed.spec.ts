import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { freePort } from '../support/free-port.js';
import { KursProcess } from '../support/kurs-process.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { TODAY, YESTERDAY } from './dashboard-service.js';
import { dotted } from './market.js';
import { launchChromium } from './visitor.js';

const CNY = {
  ...{ id: 'R01375', num: '156', code: 'CNY' },
  ...{ nominal: 1, name: 'Юань', value: '11,0318' },
};

/** A site that serves one page, with a strict policy of its own. */
class Site {
  html = '';
  policy = '';
  private readonly server: Server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (this.policy !== '') response.setHeader('Content-Security-Policy', this.policy);
    response.end(`<!doctype html><html lang="ru"><title>Shop</title>${this.html}`);
  });

  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

describe('rates on the page of another site', () => {
  const [shop, stranger] = [new Site(), new Site()];
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let port: number;
  const complaints: string[] = [];

  const begin = async () => {
    kurs = await KursProcess.start({
      ...{ CBR_BASE_URL: bank.url, DATABASE_URL: database.url, PORT: String(port) },
      ...{ EMBED_ORIGINS: shop.origin, ALLOWED_ORIGINS: shop.origin },
    });
    await kurs.printed(/Rates update finished/);
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
    context = await browser.newContext({ locale: 'ru-RU' });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
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

  const iframe = (path: string) =>
    `<iframe src="${kurs.url}/embed/${path}" width="320" height="150"></iframe>`;
  const inFrame = () => page.frameLocator('iframe').locator('kurs-rates');
  const element = (attributes = '') =>
    `<script type="module" src="${kurs.url}/page/client/kurs-rates.js"></script><kurs-rates codes="USD,XYZ" ${attributes}></kurs-rates>`;
  const openFold = async () => {
    const fold = page.locator('.embed');
    const summary = fold.getByText('на своём сайте');
    // A key is pressed whether its target can be seen or not, and only the script shows this one.
    await summary.waitFor();
    await summary.press('Enter');
    return fold;
  };
  const change = async (value: string) => {
    bank.publish(sheetXml(dotted(TODAY), [at(USD, value), EUR]));
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  };

  it('are shown in a frame by a site of EMBED_ORIGINS, and change by themselves', async () => {
    shop.html = iframe('USD,EUR?theme=dark');
    await change('81,2500');
    await page.goto(shop.origin);
    await inFrame().getByText('81,2500 ₽').waitFor();
    await change('82,7500');
    await inFrame().getByText('82,7500 ₽').waitFor();
    const ground = await page
      .frames()[1]
      ?.evaluate<string>(`getComputedStyle(document.querySelector('kurs-rates')).backgroundColor`);
    expect(ground).toBe('rgb(23, 28, 30)');
  });

  it('are in the frame before any script has run', async () => {
    await context.close();
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    await change('83,5000');
    shop.html = iframe('USD');
    await page.goto(shop.origin);
    await page.frameLocator('iframe').getByText('83,5000 ₽').waitFor();
  });

  it.each(['ru', 'en'])('are drawn by the service as by the script (%s)', async (lang) => {
    const address = `${kurs.url}/embed/EUR,USD,XYZ?lang=${lang}`;
    await change('83,7500');
    await page.goto(address);
    await change('83,2500');
    await page.getByText(/^83.2500 ₽$/).waitFor();
    const html = JSON.stringify(await (await fetch(address)).text());
    const [drawn, painted] = await page.evaluate<string[]>(`(() => {
      const policy = trustedTypes.createPolicy('test', { createHTML: (text) => text });
      const painted = new DOMParser().parseFromString(policy.createHTML(${html}), 'text/html');
      const copy = painted.querySelector('template');
      return [document.querySelector('kurs-rates').shadowRoot, copy.content].map((root) =>
        [...root.children].filter(({ localName }) => localName !== 'link')
          .map(({ outerHTML }) => outerHTML).join(''));
    })()`);
    expect(drawn).toMatch(/[▲▼] \d+.\d{4} %/);
    expect(painted).toBe(drawn);
  });

  it('are pasted as the page gives them, as a frame and as an element, for the currencies it shows', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${kurs.url}/USD`);
    const fold = await openFold();
    await fold.locator('code').nth(1).waitFor();
    const texts = await fold.locator('code').allInnerTexts();
    expect(texts.map((text) => text.split('\n').length)).toEqual([2, 2]);
    await fold.getByRole('button', { name: 'Скопировать' }).first().click();
    await fold.getByText('Скопировано').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(texts[0]);
    await page.getByRole('link', { name: 'Все курсы' }).click();
    await fold.locator('code', { hasText: 'embed/USD,EUR?' }).waitFor({ state: 'attached' });
    await change('84,2500');
    for (const text of texts) {
      shop.html = text;
      await page.goto(shop.origin);
      const shown = text.includes('<iframe') ? inFrame() : page.locator('kurs-rates');
      await shown.getByText('84,2500 ₽').waitFor();
      expect(await shown.getByText('EUR').count()).toBe(0);
    }
  });

  it('are not shown in a frame by any other site', async () => {
    stranger.html = iframe('USD');
    const blocked = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('frame-ancestors'),
    });
    await page.goto(stranger.origin);
    await blocked;
    expect(await page.frameLocator('iframe').locator('kurs-rates').count()).toBe(0);
  });

  it('are an element of its own page, live, with a strict policy', async () => {
    const service = `${kurs.url} ${kurs.url.replace('http', 'ws')}`;
    shop.policy = `default-src 'none'; script-src ${kurs.url}; style-src ${kurs.url}; connect-src ${service}; require-trusted-types-for 'script'`;
    shop.html = element('lang="en" theme="light"');
    await change('84,0000');
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('84.0000 ₽').waitFor();
    expect(await shown.locator('li.unknown').innerText()).toMatch(/XYZ\s*no rate/);
    await change('85,0000');
    await shown.getByText('85.0000 ₽').waitFor();
    shop.policy = '';
  });

  it('follow the attributes of the element', async () => {
    shop.html = element();
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('нет курса').waitFor();
    await page.evaluate(`document.querySelector('kurs-rates').setAttribute('codes', 'EUR')`);
    await shown.locator('b', { hasText: 'EUR' }).waitFor();
    expect(await shown.locator('li').count()).toBe(1);
  });

  it('are offline until the next answer if one is missing, though events arrive', async () => {
    shop.html = element();
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('₽').waitFor();
    await page.route('**/v1/rates', (route) => route.abort());
    await change('86,0000');
    await shown.getByText('Нет связи').waitFor();
    await page.unroute('**/v1/rates');
    await change('87,0000');
    await shown.getByText('87,0000 ₽').waitFor();
    expect(await shown.getByText('Нет связи').count()).toBe(0);
  });

  it('are those of the newest question, whichever answer comes last', async () => {
    shop.html = element();
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('₽').waitFor();
    let finish = () => Promise.resolve();
    const held = new Promise<void>((isHeld) => {
      const hold = async (route: Route) => {
        const response = await route.fetch();
        finish = () => route.fulfill({ response });
        isHeld();
      };
      void page.route('**/v1/rates', hold, { times: 1 });
    });
    await change('88,0000');
    await held;
    await change('89,0000');
    await shown.getByText('89,0000 ₽').waitFor();
    const finished = page.waitForEvent('requestfinished');
    await finish();
    await finished;
    // The element has drawn whatever it draws of that answer.
    await page.evaluate('new Promise((done) => setTimeout(done))');
    await shown.getByText('89,0000 ₽').waitFor();
    expect(await shown.getByText('88,0000').count()).toBe(0);
  });

  it('are pasted for the currencies that have a rate by now', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${kurs.url}/`);
    const fold = await openFold();
    await fold.locator('code', { hasText: 'embed/USD,EUR?' }).waitFor();
    await fold.getByRole('button', { name: 'Скопировать' }).first().click();
    await fold.getByText('Скопировано').waitFor();
    await page.locator('.live[data-state="live"]').waitFor();
    await change('90,0000');
    await page.locator('tr[data-code="USD"]', { hasText: '90,0000' }).waitFor();
    // Other rates of the same currencies change nothing here.
    expect(await fold.getByText('Скопировано').count()).toBe(1);
    bank.publish(sheetXml(dotted(TODAY), [at(USD, '90,0000'), EUR, CNY]));
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    await fold.locator('code', { hasText: 'embed/USD,EUR,CNY?' }).waitFor();
  });

  it('are read again if they change while an answer is on its way', async () => {
    // What comes in a tenth of a second is gathered: long enough for the answer to come meanwhile.
    await page.addInitScript(`
      const { setTimeout } = globalThis;
      globalThis.setTimeout = (act, ms) => setTimeout(act, ms === 100 ? 2_000 : ms);`);
    const heard = new Set<string>();
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => heard.add(String(payload))),
    );
    const hears = (text: string) =>
      eventually(`the page has heard of ${text}`, () => {
        return Promise.resolve([...heard].some((message) => message.includes(text)));
      });
    shop.html = element();
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('₽').waitFor();
    let finish = () => Promise.resolve();
    const held = new Promise<void>((isHeld) => {
      const hold = async (route: Route) => {
        const response = await route.fetch();
        finish = () => route.fulfill({ response });
        isHeld();
      };
      void page.route('**/v1/rates', hold, { times: 1 });
    });
    await change('91,2500');
    await held;
    await change('92,5000');
    await hears('"value":92.5');
    await finish();
    await shown.getByText('92,5000 ₽').waitFor();
  });

  it('stay, and say so, while the service is away', async () => {
    shop.html = iframe('USD') + element();
    await page.goto(shop.origin);
    for (const shown of [inFrame(), page.locator('body > kurs-rates')]) {
      await shown.getByText('₽').waitFor();
    }
    await kurs.kill('SIGKILL');
    for (const shown of [inFrame(), page.locator('body > kurs-rates')]) {
      await shown.getByText('Нет связи').waitFor();
      expect(await shown.getByText('₽').count()).toBe(1);
    }
    await begin();
    for (const shown of [inFrame(), page.locator('body > kurs-rates')]) {
      await eventually(
        'it is back',
        async () => (await shown.getByText('Нет связи').count()) === 0,
      );
    }
  });
});
