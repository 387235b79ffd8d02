import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { Settings } from '../../src/config/settings.js';
import { BadSettingsError } from '../../src/config/config.errors.js';
import { DEMO_CURRENCIES } from '../../src/demo/demo-currencies.js';
import { Demo } from '../../src/demo/demo.js';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { RunningKurs } from '../support/kurs.js';
import { TestClock } from '../support/test-clock.js';
import { withKurs } from '../support/with-kurs.js';

describe('a demo', () => {
  // A Saturday: the next sheet is dated Tuesday.
  const clock = new TestClock('2026-11-28T09:00:00Z');
  const kurs = new RunningKurs();
  let demo: Demo;
  let folder: string;

  beforeAll(async () => {
    // As behind a company's proxy, which does not reach this machine.
    process.env.HTTP_PROXY = 'http://127.0.0.1:9';
    demo = await Demo.start(Object.assign(new Settings(), { DEMO: 1 }), { clock });
    folder = demo.settings.DATABASE_URL.replace(/^sqlite:(.*)\/[^/]*$/, '$1');
    const environment = Object.fromEntries(
      Object.entries(demo.settings).map(([name, value]) => [name, String(value)]),
    );
    const quiet = { PORT: '0', LOG_LEVEL: 'fatal', BACKFILL_DAYS: '30' };
    await kurs.start({ ...environment, ...quiet }, clock);
  });

  afterAll(async () => {
    await kurs.stop();
    await demo.stop();
    delete process.env.HTTP_PROXY;
    expect(existsSync(folder)).toBe(false);
  });

  const rates = (query = '') => getJson<{ code: string; value: string }[]>(kurs.url + query);

  it('answers with a sheet of the day from a bank in the same process', async () => {
    const found = await rates('/v1/rates');
    expect(found).toHaveLength(DEMO_CURRENCIES.length);
    expect(found.find(({ code }) => code === 'USD')).toMatchObject({
      effective_date: '2026-11-28',
      name: 'Доллар США',
      source: 'cbr',
    });
  });

  it.each(['/', '/v1/rates', '/health', '/docs', '/v1/rates/XYZ', '/nowhere'])(
    'says on %s that its figures are made up',
    async (path) => {
      expect((await fetch(kurs.url + path)).headers.get('kurs-demo')).toBe('1');
    },
  );

  it('says so in /health, and marks the page', async () => {
    expect(await getJson(`${kurs.url}/health`)).toMatchObject({ demo: true });
    expect(await (await fetch(`${kurs.url}/`)).text()).toMatch(/<html [^>]*data-demo/);
    expect(demo.notice).toMatch(/^DEMO: all figures are made up.* 2026-12-01 comes in a minute$/);
  });

  it('knows the names of currencies, by both dictionaries of the bank', async () => {
    for (const path of ['XML_val.asp?d=0', 'XML_valFull.asp']) {
      const response = await fetch(`${demo.settings.CBR_BASE_URL}/scripts/${path}`);
      const text = new TextDecoder('windows-1251').decode(await response.arrayBuffer());
      expect(text).toContain('<Name>Доллар США</Name><EngName>US Dollar</EngName>');
    }
  });

  it('is whole: a day of its history is a sheet of the mirrors, and no currency is missing', async () => {
    const day = `${kurs.url}/v1/rates?date=2026-11-20`;
    await eventually('history is loaded', async () => (await fetch(day)).status === 200);
    const sheet = `${kurs.url}/scripts/XML_daily.asp?date_req=20/11/2026`;
    await eventually('the sheet is loaded', async () => (await fetch(sheet)).status === 200);
    expect((await fetch(sheet)).headers.get('kurs-built')).toBe('true');
    expect((await fetch(day)).headers.get('kurs-not-loaded')).toBeNull();
  });

  it('publishes the next sheet a minute after its start, not earlier', async () => {
    const newest = async () => {
      await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
      const status = `${kurs.url}/v1/status`;
      return (await getJson<{ newest_effective_date: string }>(status)).newest_effective_date;
    };
    clock.set('2026-11-28T09:00:59Z');
    expect(await newest()).toBe('2026-11-28');
    clock.set('2026-11-28T09:01:00Z');
    expect(await newest()).toBe('2026-12-01');
  });

  it.each(['//', '/scripts/XML_daily.asp?date_req=01/01/0001', '/scripts/XML_daily.asp?%'])(
    'survives %s, which anybody on this machine may ask its bank',
    async (path) => {
      const { port } = new URL(demo.settings.CBR_BASE_URL);
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`GET ${path} HTTP/1.1\r\nHost: bank\r\nConnection: close\r\n\r\n`);
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 (?:200|404) /);
    },
  );

  it('leaves no folder where the process ends without stopping it', async () => {
    const before = new Set(process.listeners('exit'));
    const other = await Demo.start(Object.assign(new Settings(), { DEMO: 1 }), { clock });
    const place = other.settings.DATABASE_URL.replace(/^sqlite:(.*)\/[^/]*$/, '$1');
    expect(existsSync(place)).toBe(true);
    const added = process.listeners('exit').filter((listener) => !before.has(listener));
    for (const listener of added) listener(1);
    expect(existsSync(place)).toBe(false);
    await other.stop();
    expect(process.listeners('exit').filter((listener) => !before.has(listener))).toEqual([]);
  });

  it('names TMPDIR where it can make no folder there', async () => {
    const settings = Object.assign(new Settings(), { DEMO: 1 });
    const refused = Demo.start(settings, { clock, place: '/dev/null/nowhere' });
    await expect(refused).rejects.toThrow(BadSettingsError);
    await expect(refused).rejects.toThrow(/TMPDIR must be a folder .*ENOTDIR/);
  });

  it.each([
    ['DATABASE_URL', 'postgres://kurs:hush@db/kurs'],
    ['DATABASE_URL', 'sqlite:/srv/kurs.db'],
    ['NATS_URL', 'nats://broker:4222'],
    ['CBR_BASE_URL', 'https://example.com'],
  ])('refuses %s, so that made-up figures reach nothing real', async (name, value) => {
    const settings = Object.assign(new Settings(), { DEMO: 1, [name]: value });
    const refused = Demo.start(settings, { clock });
    await expect(refused).rejects.toThrow(BadSettingsError);
    await expect(refused).rejects.toThrow(`Bad settings: ${name} must not be set with DEMO=1`);
    await expect(refused).rejects.not.toThrow('hush');
  });
});

describe('a service that is no demo', () => {
  const { kurs } = withKurs({ once: true });

  it('marks nothing', async () => {
    for (const path of ['/', '/v1/status', '/health']) {
      expect((await fetch(kurs.url + path)).headers.get('kurs-demo')).toBeNull();
    }
    expect(await getJson(`${kurs.url}/health`)).not.toHaveProperty('demo');
    expect(await (await fetch(`${kurs.url}/`)).text()).not.toContain('data-demo');
  });
});
