import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { findChromium } from '../support/find-chromium.js';
import { at, EUR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const SATURDAY = sheetXml('25.04.2026', [USD, EUR]);

/** As hundreds of pages have it, but for the host. */
const page = (service: string) => `<!doctype html><meta charset="utf-8">
<div id="USD">Доллар США $ — 00,0000 руб.</div>
<div id="status"></div>
<script>
function CBR_XML_Daily_Ru(rates) {
  function trend(current, previous) {
    if (current > previous) return ' ▲';
    if (current < previous) return ' ▼';
    return '';
  }
  var USDrate = rates.Valute.USD.Value.toFixed(4).replace('.', ',');
  var USD = document.getElementById('USD');
  USD.innerHTML = USD.innerHTML.replace('00,0000', USDrate);
  USD.innerHTML += trend(rates.Valute.USD.Value, rates.Valute.USD.Previous);
}
</script>
<script src="${service}/daily_jsonp.js" async></script>
<script>
fetch('${service}/archive/2026/04/26/daily_json.js', { headers: { 'X-Requested-With': 'page' } })
  .then((answer) => answer.json().then(({ explanation }) => answer.status + ' ' + explanation))
  .then((text) => { document.getElementById('status').textContent = text; });
</script>`;

describe('a page of another origin with daily_jsonp.js', () => {
  const fixture = withKurs({
    clock: '2026-04-25T09:00:00Z',
    starts: false,
    once: true,
    prepare: async ({ bank, clock }) => {
      clock.jump('2026-04-24T09:00:00Z');
      bank.publish(sheetXml('24.04.2026', [at(USD, '74,8000'), EUR]));
      await fixture.start();
      clock.set('2026-04-25T09:00:00Z');
      bank.publish(SATURDAY);
      await fixture.run();
    },
  });
  let browser: Browser;

  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-dev-shm-usage'];
    browser = await chromium.launch({ executablePath: findChromium(), args });
  }, 300_000);

  afterAll(() => browser.close());

  it('shows the rate and its trend, and tolerates a missing currency', async () => {
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(page(fixture.kurs.url));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    fixture.atTheEnd(() => server.close());
    const tab = await browser.newPage();
    await tab.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    const text = (id: string) => tab.evaluate<string>(`document.getElementById('${id}').innerText`);
    await eventually('the rate', async () => !(await text('USD')).includes('00,0000'));
    expect(await text('USD')).toBe('Доллар США $ — 75,5273 руб. ▲');
    await eventually('the answer', async () => (await text('status')) !== '');
    expect(await text('status')).toMatch(/^404 Курс ЦБ РФ на данную дату не установлен/);
    await tab.close();
  });
});
