import type { Browser, Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { launchChromium } from './visitor.js';

interface Operation {
  tags: string[];
  summary: string;
  operationId: string;
  parameters?: { name: string; required?: boolean }[];
}
type Paths = Record<string, Record<string, Operation>>;

/** Ends only with its client, and Swagger UI shows an answer when it has ended. */
const ENDLESS = 'streamEvents';
/** The documents of a whole history are long, and the machine is shared. */
const PATIENCE_MS = 60_000;
/** Operations of one page. Swagger UI draws all of them again at each click: a hundred take a second. */
const PAGE = 6;
/** The line of its script that has the document. */
const DOCUMENT = /^const spec = (.*);$/m;

/** In a demo: figures that nobody knows in advance, on the days before today. */
describe('Swagger UI of a service with rates', () => {
  let kurs: KursProcess;
  let browser: Browser;
  let page: Page;
  let operations: (Operation & { method: string; path: string })[];
  const complaints: string[] = [];

  beforeAll(async () => {
    [kurs, browser] = await Promise.all([KursProcess.start({ DEMO: '1' }), launchChromium()]);
    await kurs.printed(/History is loaded/);
    const { paths } = await getJson<{ paths: Paths }>(`${kurs.url}/openapi.json`);
    operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
    );
  });

  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(kurs.url)) complaints.push(`asked ${request.url()}`);
    });
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await kurs.kill('SIGTERM');
  });

  const open = async () => {
    await page.goto(`${kurs.url}/docs`);
    await page.locator('.opblock').first().waitFor();
  };

  /** Opens the page with some operations alone. */
  const openWith = async (operationIds: readonly string[]) => {
    await page.unrouteAll();
    await page.route('**/docs/start.js', async (route) => {
      const response = await route.fetch();
      const script = await response.text();
      const spec = JSON.parse(DOCUMENT.exec(script)?.[1] ?? '') as { paths: Paths };
      spec.paths = Object.fromEntries(
        Object.entries(spec.paths).map(([path, item]) => [
          path,
          Object.fromEntries(
            Object.entries(item).filter(([, operation]) =>
              operationIds.includes(operation.operationId),
            ),
          ),
        ]),
      );
      // Not as a pattern: the document has `$&` and the like.
      const body = script.replace(DOCUMENT, () => `const spec = ${JSON.stringify(spec)};`);
      await route.fulfill({ response, body });
    });
    await open();
  };

  const blockOf = (operationId: string): Locator => page.locator(`.opblock[id$="-${operationId}"]`);

  /** Opens an operation, executes it as it is prefilled, and returns the answer's status and the address asked. */
  const execute = async (operationId: string) => {
    const block = blockOf(operationId);
    // Nothing waits for a frame.
    const press = (button: Locator) => button.dispatchEvent('click');
    await press(block.locator('.opblock-summary-control'));
    await press(block.getByRole('button', { name: 'Try it out' }));
    await press(block.getByRole('button', { name: 'Execute' }));
    const status = block.locator('.live-responses-table .response-col_status').nth(1);
    const unfilled = block.locator('.parameters .invalid');
    await status.or(unfilled).first().waitFor();
    if ((await status.count()) === 0) return { status: 'a required field is empty', url: '' };
    const url = (await block.locator('.request-url pre').innerText()).trim();
    const shown = { status: (await status.innerText()).split('\n')[0], url };
    await press(block.locator('.opblock-summary-control'));
    return shown;
  };

  it('answers 2xx to every GET, executed as it is prefilled', async () => {
    const gets = operations.filter(({ method }) => method === 'get');
    const ids = gets.map(({ operationId }) => operationId).filter((id) => id !== ENDLESS);
    expect(ids.length).toBeGreaterThan(40);
    const refused: object[] = [];
    for (let at = 0; at < ids.length; at += PAGE) {
      const shown = ids.slice(at, at + PAGE);
      await openWith(shown);
      for (const operationId of shown) {
        const { status, url } = await execute(operationId);
        if (!/^2\d\d$/.test(status ?? '')) refused.push({ operationId, status, url });
      }
    }
    expect(refused).toEqual([]);
  });

  it('sends no example of an optional parameter', async () => {
    await openWith(['listV1Rates']);
    const { url } = await execute('listV1Rates');
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      ...{ quote: 'RUB', source: 'cbr', restate: 'false' },
    });
    const block = blockOf('listV1Rates');
    await block.locator('.opblock-summary-control').click();
    await block.getByText('Example: USD,EUR').waitFor();
  });

  it('answers 2xx to the writes that add or change, executed as they are prefilled', async () => {
    const operationIds = ['createRate', 'createV1Rate', 'updateRate', 'updateV1Rate', 'runTask'];
    await openWith(operationIds);
    for (const operationId of operationIds) {
      expect({ operationId, ...(await execute(operationId)) }).toMatchObject({
        ...{ operationId, status: expect.stringMatching(/^20[01]$/) as string },
      });
    }
  });

  it('answers 200 to the SOAP request, executed as it is prefilled', async () => {
    await openWith(['callSoap']);
    expect(await execute('callSoap')).toMatchObject({ status: '200' });
    const answer = blockOf('callSoap').locator('.live-responses-table .microlight').first();
    await blockOf('callSoap').locator('.opblock-summary-control').click();
    await answer.getByText('GetLatestDateTimeResult').first().waitFor();
  });

  it('leaves it to the user what is deleted, withdrawn or accepted', async () => {
    const operationIds = ['deleteRate', 'deleteV1Rate', 'withdrawSheet', 'acceptQuarantined'];
    await openWith(operationIds);
    for (const operationId of operationIds) {
      expect({ operationId, ...(await execute(operationId)) }).toMatchObject({
        ...{ operationId, status: 'a required field is empty' },
      });
    }
  });

  it('has no button for a stream that does not end', async () => {
    await openWith([ENDLESS]);
    const block = blockOf(ENDLESS);
    await block.locator('.opblock-summary-control').click();
    await block.getByText('curl -N').waitFor();
    expect(await block.getByRole('button', { name: 'Try it out' }).count()).toBe(0);
  });

  it('begins with /v1 by capability, then the routes of the original, then the mirrors', async () => {
    await open();
    const shown = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.opblock-tag')].map((tag) => tag.dataset.tag)`,
    );
    expect(shown.slice(0, 9)).toEqual([
      ...['rates', 'conversion', 'currencies', 'sheets', 'live changes', 'manual rates'],
      ...['quarantine', 'service', 'compatible with the original'],
    ]);
    expect(shown.slice(9).every((tag) => tag.startsWith('mirror: '))).toBe(true);
    expect(shown.length).toBeGreaterThan(9);
  });

  it('fits a phone, and has an icon', async () => {
    await open();
    const viewport = page.locator('meta[name=viewport]');
    expect(await viewport.getAttribute('content')).toBe('width=device-width, initial-scale=1');
    await page.setViewportSize({ width: 390, height: 844 });
    await blockOf('listV1Rates').locator('.opblock-summary-control').click();
    await eventually('nothing is wider than the screen', async () => {
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      return width <= 390;
    });
    const icon = await fetch(`${kurs.url}/favicon.ico`);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/x-icon']);
  });
});
