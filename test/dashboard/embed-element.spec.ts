import { eventually } from '../support/eventually.js';
import { heldAnswer } from './held-answer.js';
import { withOtherSites } from './with-other-sites.js';

describe('rates on the page of another site', () => {
  const sites = withOtherSites();
  const { shop, element, change } = sites;

  it('are an element of its own page, live, with a strict policy', async () => {
    const { page } = sites;
    const service = `${sites.url} ${sites.url.replace('http', 'ws')}`;
    shop.policy = `default-src 'none'; script-src ${sites.url}; style-src ${sites.url}; connect-src ${service}; require-trusted-types-for 'script'`;
    shop.html = element('codes="USD,XYZ" lang="en" theme="light"');
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
    const { page } = sites;
    shop.html = element();
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('нет курса').waitFor();
    await page.evaluate(`document.querySelector('kurs-rates').setAttribute('codes', 'EUR')`);
    await shown.locator('b', { hasText: 'EUR' }).waitFor();
    expect(await shown.locator('li').count()).toBe(1);
  });

  it('are offline until the next answer if one is missing, though events arrive', async () => {
    const { page } = sites;
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
    const { page } = sites;
    shop.html = element();
    await page.goto(shop.origin);
    const shown = page.locator('kurs-rates');
    await shown.getByText('₽').waitFor();
    const held = heldAnswer(page, '**/v1/rates');
    await change('88,0000');
    const finish = await held;
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

  it('are read again if they change while an answer is on its way', async () => {
    const { page } = sites;
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
    const held = heldAnswer(page, '**/v1/rates');
    await change('91,2500');
    const finish = await held;
    await change('92,5000');
    await hears('"value":92.5');
    await finish();
    await shown.getByText('92,5000 ₽').waitFor();
  });
});
