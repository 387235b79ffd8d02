import type { Browser } from 'playwright-core';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { TODAY, TOMORROW } from './dashboard-service.js';
import { dotted } from './market.js';
import { launchChromium, Visitor } from './visitor.js';

const row = (code: string) => `tr[data-code="${code}"]`;

describe('the page in failure cases', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.misbehave((_, response) => response.writeHead(500).end());
    database = await createSqlite();
    const environment = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    browser = await launchChromium();
    kurs = await startKurs({ ...environment, JUMP_LIMIT_PERCENT: '20' });
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  beforeEach(async () => (visitor = await Visitor.arrive(browser, kurs.url)));
  afterEach(async () => {
    await visitor.leave();
    expect(visitor.complaints).toEqual([]);
  });

  const fetchNow = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  const publish = async (date: string, dollar: string, euro = EUR.value) => {
    bank.publish(sheetXml(dotted(date), [at(USD, dollar), at(EUR, euro), JPY]));
    await fetchNow();
  };

  const make = (code: string, value: string) =>
    fetch(`${kurs.url}/v1/rates`, withBody('POST', { code, name: code, value }));

  it('says that there are no rates yet, and why; then shows the first sheet', async () => {
    await visitor.page.goto(kurs.url);
    await visitor.sees('h1', 'Курсов ещё нет');
    await visitor.sees('.live', 'Ждём курсов');
    expect(await visitor.text('.notices')).not.toMatch(/[A-Za-z]{4}/);
    await visitor.sees('.notices', 'не удался');
    expect(await visitor.page.locator('table').isVisible()).toBe(false);
    bank.misbehave();
    await publish(TODAY, '75,5270');
    await visitor.sees(`${row('USD')} td.value`, '75,5270');
    await visitor.sees('.about', 'действует с этого дня');
    await visitor.seesNo('.notices', 'не удался');
  });

  it('names the command that loads missing days, on the list and for a currency', async () => {
    await visitor.open();
    const command = /npm run kurs -- backfill --from \d{4}-\d{2}-\d{2}/;
    await visitor.sees('.notices code', command);
    await visitor.sees(`${row('USD')} td.line`, /^нет данных$/);
    await visitor.page.goto(`${kurs.url}/#/USD/5y`);
    await visitor.sees('.currency .notices', 'Загружено с');
    await visitor.sees('.currency .notices code', command);
    await visitor.sees('.reading', '75,5270');
    await visitor.page.goto(`${kurs.url}/#/`);
    await visitor.page.getByLabel('На день', { exact: true }).fill('2011-06-15');
    await visitor.sees('.answer code', 'npm run kurs -- backfill --from 2011-06-15');
  });

  it('says that a currency does not exist', async () => {
    await visitor.page.goto(`${kurs.url}/#/XYZ`);
    await visitor.sees('h1', 'Курса XYZ нет');
    await visitor.page.getByRole('link', { name: 'Все курсы' }).click();
    await visitor.sees('h1', 'Курсы на');
  });

  it('marks a manual rate, and removes it when it is deleted', async () => {
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    const gold = { code: 'GOLD', name: '<b>Золото</b>', value: '9876.50' };
    const { id } = await getJson<{ id: number }>(`${kurs.url}/v1/rates`, withBody('POST', gold));
    await visitor.sees(`${row('GOLD')} td.value`, '9\u00A0876,50');
    await visitor.sees(`${row('GOLD')} td.name`, 'вручную');
    await visitor.sees('.news', 'GOLD: 9\u00A0876,50');
    // HTML in a name is shown as text.
    expect(await visitor.text(`${row('GOLD')} td.name`)).toContain('<b>Золото</b>');
    await visitor.page.getByRole('link', { name: 'GOLD' }).click();
    await visitor.sees('.reading', /9.876,50.*вручную/);
    await visitor.sees('.reading', 'Документа от');
    await visitor.page.goBack();
    await fetch(`${kurs.url}/v1/rates/${id}`, { method: 'DELETE' });
    await visitor.sees('.news', 'GOLD: курс удалён');
    await visitor.page.locator(row('GOLD')).waitFor({ state: 'detached' });
  });

  it('marks a rate whose newer bank value is held', async () => {
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    await publish(TOMORROW, '755,2700', '88,2020');
    await visitor.sees('.notices', /необычное значение: USD/);
    await visitor.sees(`${row('USD')} td.name`, 'удержан');
    expect(await visitor.text(`${row('USD')} td.next`)).toBe('—');
    expect(await visitor.text(`${row('EUR')} td.next`)).toBe('88,2020');
  });

  it.each([
    ['somebody else’s page', { contentType: 'text/html', body: '<h1>Log in</h1>' }],
    ['half an answer', { contentType: 'application/json', body: '[{"code":"US' }],
  ])('shows an error for %s, and recovers with the next answer', async (_, answer) => {
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    const question = /\/v1\/rates\?source=all$/;
    await visitor.page.route(question, (route) => route.fulfill(answer));
    await make('ORE', '1.25');
    await visitor.sees('.notices', /Нет связи с сервисом: показаны курсы на .* г\., полученные/);
    await visitor.sees('.live', 'Нет связи');
    expect(await visitor.text(`${row('USD')} td.value`)).toBe('75,5270');
    await visitor.page.unroute(question);
    await visitor.page.getByRole('button', { name: 'Повторить' }).click();
    await visitor.sees(`${row('ORE')} td.value`, '1,25');
    await make('TIN', '2.50');
    await visitor.sees(`${row('TIN')} td.value`, '2,50');
    await visitor.sees('.live', 'На связи');
    await visitor.seesNo('.notices', 'Нет связи');
  });

  it('recovers from an answer that it cannot parse', async () => {
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    const question = /\/v1\/rates\?source=all$/;
    await visitor.page.route(question, (route) => route.fulfill({ json: { rates: [] } }));
    const thrown = visitor.page.waitForEvent('pageerror');
    await make('ORE', '1.25');
    await thrown;
    await visitor.page.unroute(question);
    await make('ZINC', '3.75');
    await visitor.sees(`${row('ZINC')} td.value`, '3,75');
    // Once, from the handler of the change.
    expect(visitor.complaints.splice(0)).toHaveLength(1);
  });

  it('says in the reader’s language what failed, and tries again', async () => {
    const problem = (code: string) => ({
      status: 429,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code, detail: 'Try again in 60 seconds' }),
    });
    const question = /\/v1\/convert/;
    await visitor.page.route(question, (route) => route.fulfill(problem('http.too_many_requests')));
    await visitor.page.goto(`${kurs.url}/convert/100/USD/EUR`);
    await visitor.page.getByLabel('Сумма').fill('200');
    await visitor.sees('.trouble', 'Слишком много запросов');
    expect(await visitor.text('.trouble')).not.toMatch(/[A-Za-z]/);
    await visitor.page.unroute(question);
    await visitor.page.getByRole('button', { name: 'Повторить' }).click();
    await visitor.sees('.question', '200 USD');
    await visitor.page.getByLabel('Сумма').fill('9'.repeat(29));
    await visitor.sees('.trouble', 'больше 28 цифр');
    await visitor.page.goto(`${kurs.url}/on/2999-01-01`);
    await visitor.sees('.trouble', 'На этот день курсов ещё нет');
    await visitor.page.route(/\/v1\/(?:rates\?|status)/, (route) =>
      route.fulfill(problem('rates.loading')),
    );
    for (const path of ['', 'USD', 'on/2020-01-03', 'convert/1/USD/EUR']) {
      await visitor.page.goto(`${kurs.url}/${path}`);
      await visitor.sees('.live', 'На связи');
      expect(await visitor.text('main')).not.toMatch(/Try again in/);
    }
    await visitor.page.goto(kurs.url);
    await visitor.sees('.notices', 'курсы ещё загружаются');
  });

  it('does not show an old conversion under a new amount', async () => {
    await visitor.open();
    await visitor.sees('.answer .result', '7\u00A0552,70');
    const question = /\/v1\/convert/;
    await visitor.page.route(question, (route) => route.fulfill({ body: '<h1>Log in</h1>' }));
    await visitor.page.getByLabel('Сумма').fill('200');
    await visitor.sees('.answer', /^Сервис не отвечает[^=]*$/);
    await visitor.page.goto(`${kurs.url}/convert/100/USD/RUB`);
    await visitor.page.getByLabel('Сумма').fill('two');
    await visitor.sees('.answer', 'Сумма — число');
    expect(await visitor.page.title()).toMatch(/^Конвертер — /);
    await visitor.open();
    await visitor.page.unroute(question);
    await visitor.page.getByLabel('Сумма').fill('300');
    await visitor.sees('.answer .result', '22\u00A0658,10');
    await visitor.page.route(question, (route) => route.fulfill({ json: {} }));
    const thrown = visitor.page.waitForEvent('pageerror');
    await visitor.page.getByLabel('Сумма').fill('400');
    await thrown;
    expect(await visitor.text('.answer')).toBe('');
    expect(visitor.complaints.splice(0)).toHaveLength(1);
  });

  it('falls back to another transport when a WebSocket is not same-origin for the browser', async () => {
    await visitor.page.route(`${kurs.url}/`, async (route) => {
      const response = await route.fetch();
      const policy = response.headers()['content-security-policy'] ?? '';
      const narrow = policy.replace("connect-src 'self'", `connect-src ${kurs.url}`);
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': narrow },
      });
    });
    const streams = visitor.page.waitForRequest(/\/v1\/stream/);
    await visitor.page.goto(kurs.url);
    await streams;
    await visitor.sees('.live', 'На связи');
    // The browser reports that it blocked the socket.
    visitor.complaints.length = 0;
  });

  it('works without browser storage', async () => {
    const denied = "throw new DOMException('denied', 'SecurityError')";
    await visitor.page.addInitScript(
      `Object.defineProperty(globalThis, 'localStorage', { get() { ${denied} } })`,
    );
    await visitor.open();
    await visitor.page.getByRole('button', { name: 'USD: в избранное' }).click();
    expect((await visitor.texts('tbody th a'))[0]).toBe('USD');
    await visitor.page.getByRole('button', { name: 'Eng' }).click();
    await visitor.sees('h1', 'Rates for');
    await visitor.page.getByRole('button', { name: 'Theme' }).click();
    expect(await visitor.page.evaluate('document.documentElement.dataset.theme')).toBe('light');
  });
});
