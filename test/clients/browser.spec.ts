import { type Browser, chromium, type Page } from 'playwright-core';
import type { RateEvent, Snapshot, State } from '../../clients/js/kurs.js';
import { freePort } from '../support/free-port.js';
import { eventually } from '../support/eventually.js';
import { findChromium } from '../support/find-chromium.js';
import { LiveService } from './live-service.js';
import { PageServer } from './page-server.js';

type Told =
  | { type: 'snapshot'; detail: Snapshot }
  | { type: 'rate'; detail: RateEvent }
  | { type: 'state'; detail: State }
  | { type: 'resync' | 'error'; detail: unknown };

describe.each([
  { way: 'WebSocket', query: '' },
  { way: 'server-sent events', query: '&sse' },
])('the JavaScript client in a browser by $way', ({ query }) => {
  let service: LiveService;
  let pages: PageServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const port = await freePort();
    pages = await PageServer.start(`http://127.0.0.1:${port}`);
    service = await LiveService.start({ ALLOWED_ORIGINS: pages.origin }, port);
    // Root, as in containers, can have no sandbox, and /dev/shm is small there.
    const args = ['--no-sandbox', '--disable-dev-shm-usage'];
    browser = await chromium.launch({ executablePath: findChromium(), args });
    page = await browser.newPage();
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await service.stop();
    await pages.stop();
  });

  const told = () => page.evaluate<Told[]>('globalThis.told ?? []');
  const rates = async () =>
    (await told()).flatMap((each) => (each.type === 'rate' ? [each.detail] : []));
  const snapshots = async () =>
    (await told()).flatMap((each) => (each.type === 'snapshot' ? [each.detail] : []));
  const waits = async () =>
    (await told()).filter(({ type, detail }) => {
      return type === 'state' && detail.state === 'waiting';
    }).length;
  const expectEverything = async () => {
    const [first] = await snapshots();
    const all = await service.events(first?.seq);
    await eventually('every event', async () => (await rates()).length >= all.length);
    expect(await rates()).toEqual(all);
    expect(await snapshots()).toHaveLength(1);
  };

  it('has a snapshot and what follows, over a restart and over a listener that throws', async () => {
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    await page.goto(`${pages.origin}/?service=${service.url}${query}`);
    await eventually('the snapshot', async () => (await snapshots()).length === 1);
    const [snapshot] = await snapshots();
    expect(snapshot?.rates.map(({ code }) => code).sort()).toEqual(['EUR', 'JPY', 'USD']);
    expect(snapshot?.rates.map(({ name }) => name)).toContain('Доллар США');

    await service.make('GOLD', 'BOOM', 'SILVER');
    await expectEverything();
    expect(thrown).toEqual(['a listener has thrown']);

    await service.end('SIGKILL');
    await eventually('the loss', async () => (await waits()) > 0);
    await service.begin();
    await service.make('WHILE', 'AWAY');
    await expectEverything();
    await service.make('AFTER');
    await expectEverything();
    expect(await page.evaluate('kurs.position')).toEqual(await service.position());
  });

  it('connects at once when the network is back', async () => {
    await page.evaluate('kurs.close(); Math.random = () => 1');
    const before = (await snapshots()).length;
    const options = `{ WebSocket: ${query ? 'null' : 'undefined'}, timing: { firstWaitMs: 1e6, mostWaitMs: 1e6 } }`;
    await service.end('SIGKILL');
    await page.evaluate(`(async () => {
      globalThis.second = new kurs.constructor('${service.url}', ${options});
      await new Promise((waits) => second.addEventListener('state', ({ detail }) => {
        if (detail.state === 'waiting' && detail.delay_ms === 1e6) waits();
      }));
      second.addEventListener('snapshot', ({ detail }) => told.push({ type: 'snapshot', detail }));
    })()`);
    await service.begin();
    await page.evaluate("dispatchEvent(new Event('online'))");
    await eventually('the snapshot', async () => (await snapshots()).length > before);
    await page.evaluate('second.close()');
  });
});
