import { type Browser, chromium, type Page } from 'playwright-core';
import type { RateEvent, Snapshot, State } from '../../clients/js/src/kurs.js';
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

describe('the JavaScript client in a browser', () => {
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
  }, 300_000);

  beforeEach(async () => (page = await browser.newPage()));
  afterEach(() => page.close());

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

  it.each([
    { way: 'WebSocket', query: '', usesSockets: true },
    { way: 'server-sent events', query: '&sse', usesSockets: false },
  ])(
    'receives a snapshot and all changes by $way despite a restart and a throwing listener',
    async ({ query, usesSockets }) => {
      const thrown: string[] = [];
      const sockets: string[] = [];
      page.on('pageerror', ({ message }) => thrown.push(message));
      page.on('websocket', (socket) => sockets.push(socket.url()));
      await page.goto(`${pages.origin}/?service=${service.url}${query}`);
      await eventually('the snapshot', async () => (await snapshots()).length === 1);
      const [snapshot] = await snapshots();
      const names = snapshot?.rates.map(({ code, name }) => `${code} ${name}`);
      expect(names).toEqual(
        expect.arrayContaining(['USD Доллар США', 'EUR Евро', 'JPY Иен']) as string[],
      );

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
      expect(sockets.length > 0).toBe(usesSockets);
    },
  );

  it('reconnects at once when the network returns', async () => {
    await page.goto(`${pages.origin}/?service=${service.url}&patient`);
    await eventually('the snapshot', async () => (await snapshots()).length === 1);
    await service.end('SIGKILL');
    await eventually('the loss', async () => (await waits()) > 0);
    await service.begin();
    await service.make('LATER');
    expect(await page.evaluate('kurs.state')).toBe('waiting');
    await page.evaluate("dispatchEvent(new Event('online'))");
    await expectEverything();
  });
});
