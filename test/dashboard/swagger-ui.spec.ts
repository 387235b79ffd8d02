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
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

/** Ends only with its client, and Swagger UI shows an answer when it has ended. */
const ENDLESS = 'streamEvents';
/** The documents of a whole history are long, and the machine is shared. */
const PATIENCE_MS = 60_000;

/** In a demo: figures that nobody knows in advance, on the days before today. */
describe('Swagger UI of a service with rates', () => {
  let kurs: KursProcess;
  let browser: Browser;
  let page: Page;
  let operations: (Operation & { method: string; path: string })[];
  const complaints: string[] = [];

  beforeAll(async () => {
    kurs = await KursProcess.start({ DEMO: '1' });
    await kurs.printed(/History is loaded/);
    const { paths } = await getJson<Document>(`${kurs.url}/openapi.json`);
    operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
    );
    browser = await launchChromium();
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
    await page.goto(`${kurs.url}/docs`);
    await page.locator('.opblock').first().waitFor();
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await kurs.kill('SIGTERM');
  });

  const blockOf = (operationId: string): Locator => page.locator(`.opblock[id$="-${operationId}"]`);

  /** A hundred operations take their time to draw: nothing waits for a frame. */
  const press = (button: Locator) => button.dispatchEvent('click');

  /** Opens an operation, executes it as it is prefilled, and returns the answer's status and the address asked. */
  const execute = async (operationId: string) => {
    const block = blockOf(operationId);
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
    const refused: object[] = [];
    for (const { operationId, method } of operations) {
      if (method !== 'get' || operationId === ENDLESS) continue;
      const { status, url } = await execute(operationId);
      if (!/^2\d\d$/.test(status ?? '')) refused.push({ operationId, status, url });
    }
    expect(refused).toEqual([]);
  }, 600_000);

  it('sends no example of an optional parameter', async () => {
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
    for (const operationId of operationIds) {
      expect({ operationId, ...(await execute(operationId)) }).toMatchObject({
        ...{ operationId, status: expect.stringMatching(/^20[01]$/) as string },
      });
    }
  });

  it('leaves it to the user what is deleted, withdrawn or accepted', async () => {
    const operationIds = ['deleteRate', 'deleteV1Rate', 'withdrawSheet', 'acceptQuarantined'];
    for (const operationId of operationIds) {
      expect({ operationId, ...(await execute(operationId)) }).toMatchObject({
        ...{ operationId, status: 'a required field is empty' },
      });
    }
  });

  it('has no button for a stream that does not end', async () => {
    const block = blockOf(ENDLESS);
    await block.locator('.opblock-summary-control').click();
    await block.getByText('curl -N').waitFor();
    expect(await block.getByRole('button', { name: 'Try it out' }).count()).toBe(0);
  });

  it('begins with /v1 by capability, then the routes of the original, then the mirrors', async () => {
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
