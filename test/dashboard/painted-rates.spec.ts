import { eventually } from '../support/eventually.js';
import { getJson, withBody } from '../support/json.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import type { Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

/** A Sunday, on which Saturday's sheet is in force until Tuesday's, and the night after it. */
const [SUNDAY, NIGHT] = ['2026-04-26T12:00:00+03:00', '2026-04-27T00:01:00+03:00'];

describe('rates that came with the page', () => {
  const visits = withVisitors(() => startFurnishedKurs(SUNDAY, 40));
  let visitor: Visitor;
  let asked: string[];
  let run: () => void;

  /** Opens the list with its script held back, on a machine with that time. */
  const open = async (time: string, path = '') => {
    visitor = await visits.arrive();
    const { page } = visitor;
    asked = [];
    page.on('request', (request) => {
      const address = request.url().slice(visits.url.length);
      if (address.startsWith('/v1/rates?')) asked.push(address);
    });
    await page.clock.setFixedTime(time);
    const held = new Promise<void>((resolve) => (run = resolve));
    await page.route('**/main.js', (route) => held.then(() => route.continue()));
    await page.goto(`${visits.url}/${path}`, { waitUntil: 'commit' });
    await page.locator('main .digits').first().waitFor();
  };
  const ran = async () => {
    run();
    await visitor.sees('.live', 'На связи');
    await visitor.page.locator('.headline polyline').first().waitFor();
  };
  const today = '/v1/rates?source=all';
  /** Number of rows that the page keeps of an answer. */
  const kept = (target: string) =>
    visitor.page.evaluate<number>(`(async () => {
      const found = await caches.match('${visits.url}${target}');
      return found ? (await found.json()).length : 0;
    })()`);

  it('are not asked for again while the service has no others', async () => {
    await open(SUNDAY);
    await ran();
    expect(asked.filter((address) => address.startsWith(today))).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it.each(['', 'USD/EUR', 'convert/100/USD/EUR'])(
    'bring conversions, which are not asked for again: /%s',
    async (path) => {
      await open(SUNDAY, path);
      const conversions: string[] = [];
      visitor.page.on('request', (request) => {
        if (request.url().includes('/v1/convert')) conversions.push(request.url());
      });
      run();
      await visitor.sees('.live', 'На связи');
      await visitor.page.locator('.result, .now .figure').first().waitFor();
      expect(conversions).toEqual([]);
    },
  );

  it('are kept for times without the service, also those of a day that the view asked for', async () => {
    await open(SUNDAY);
    await ran();
    await eventually('they are kept', async () => (await kept(today)) > 10);
    await open(SUNDAY, 'on/2026-04-23');
    run();
    const ofDay = '/v1/rates?source=cbr&date=2026-04-23';
    await eventually('those of the day, too', async () => (await kept(ofDay)) > 10);
    expect(asked.filter((address) => address.includes('date=2026-04-23'))).toEqual([]);
  });

  it('are not kept if the service has others, which cannot be had', async () => {
    await open(SUNDAY);
    const silver = { code: 'SILVER', name: 'Silver', value: '1.5' };
    await getJson(`${visits.url}/rates/create`, withBody('POST', silver));
    await visitor.page.route(/\/v1\/rates\?source=all/, (route) => route.abort());
    run();
    await visitor.sees('.notices', 'Сервис не отвечает');
    // What was kept before is there by now.
    await eventually('the state is kept', async () => (await kept('/v1/currencies?scope=all')) > 0);
    expect(await kept(today)).toBe(0);
  });

  it('bring former currencies, which are asked for again after a failure', async () => {
    await open(SUNDAY);
    const { page } = visitor;
    let count = 0;
    page.on('requestfinished', (request) => {
      if (request.url().includes('/v1/currencies')) count += 1;
    });
    const failed = page.waitForEvent('requestfailed', (request) =>
      request.url().includes('/v1/currencies'),
    );
    await page.route('**/v1/currencies?*', (route) => route.abort(), { times: 1 });
    await ran();
    await failed;
    await eventually('they are there', async () => {
      // As the page does each minute, and when it is looked at again.
      await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      return count > 0;
    });
  });

  it('can be asked for on days of the weekend, once the service said when the next sheet is due', async () => {
    await open(SUNDAY);
    await ran();
    for (const id of ['day', 'converter-date']) {
      await visitor.page.locator(`#${id}[max="2026-04-27"]`).waitFor();
    }
  });

  it('are asked for again if they changed before the script ran', async () => {
    await open(SUNDAY);
    const gold = { code: 'GOLD', name: 'Gold', value: '12.5' };
    await getJson(`${visits.url}/rates/create`, withBody('POST', gold));
    await ran();
    await visitor.sees('tr[data-code="GOLD"]', '12,5');
    expect(asked).toContain(today);
  });

  it('are asked for again after a failure, and are then live', async () => {
    await open(SUNDAY);
    const { page } = visitor;
    await page.route('**/v1/status', (route) => route.abort(), { times: 1 });
    await ran();
    await eventually('nothing is said of the failure', async () => {
      const said = (await visitor.texts('.notices')).join('');
      return asked.includes(today) && said === '';
    });
    await visitor.sees('.live', 'На связи');
  });

  it('are asked for again if they are of another day than that of the reader', async () => {
    await open(NIGHT);
    await ran();
    expect(asked).toContain(today);
  });
});
