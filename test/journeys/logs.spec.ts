import { hashOfKey } from '../../src/config/api-key.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { withBody } from '../support/json.js';
import { KursProcess } from '../support/kurs-process.js';
import { at, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';

const KEY = 'kurs_of-the-test';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

type Line = Record<string, unknown>;

describe('the log', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: KursProcess;

  beforeEach(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
  });

  afterEach(async () => {
    await kurs.kill('SIGKILL');
    await database.drop();
    await bank.stop();
  });

  const start = async (environment: Record<string, string>) => {
    const API_KEYS = `erp:write+tasks:${hashOfKey(KEY).toString('hex')}`;
    const own = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url, API_KEYS };
    kurs = await KursProcess.start({ ...own, JUMP_LIMIT_PERCENT: '20', ...environment });
    await kurs.printed(/saved 1 records/);
  };

  const lines = () =>
    kurs.output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);

  const linesOf = (request_id: string) => lines().filter((line) => line.request_id === request_id);

  /** The one line that tells of a request. */
  const told = async (request_id: string): Promise<Line> => {
    await eventually(`${request_id} is told of`, () => linesOf(request_id).length > 0);
    expect(linesOf(request_id)).toHaveLength(1);
    return linesOf(request_id)[0] ?? {};
  };

  const named = (id: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { ...(init.headers as Record<string, string>), 'X-Request-Id': id },
  });

  const runs = () => lines().filter(({ context }) => context === 'FetchRuns');
  const number = expect.any(Number) as number;
  const frame = {
    time: expect.stringMatching(TIME) as string,
    level: 'log',
    pid: number,
  };

  it('is JSON in production: one object per line for every request and fetch', async () => {
    await start({ LOG_FORMAT: 'json' });
    const client = '127.0.0.1';
    const request = { ...frame, context: 'Request', client, ms: number, bytes: number };

    await (await fetch(`${kurs.url}/v1/rates/USD?date=latest&quote=RUB`, named('read'))).text();
    expect(await told('read')).toEqual({
      ...request,
      message: expect.stringMatching(
        /^GET \/v1\/rates\/USD 200 \d+ ms from 127\.0\.0\.1$/,
      ) as string,
      request_id: 'read',
      ...{ method: 'GET', path: '/v1/rates/USD', route: '/v1/rates/{code}', status: 200 },
      caller: null,
    });
    expect(kurs.output).not.toContain('quote=RUB');

    const body = withBody('POST', { code: 'TST', name: 'Т', value: '1' });
    const written = { ...body, headers: { ...body.headers, 'X-API-Key': KEY } };
    const created = await fetch(`${kurs.url}/rates/create`, named('write', written));
    const bytes = Number(created.headers.get('content-length'));
    await created.text();
    const write = await told('write');
    expect(write).toMatchObject({ route: '/rates/create', status: 201, caller: 'erp' });
    expect(write.message).toMatch(/^POST \/rates\/create 201 \d+ ms by erp from 127\.0\.0\.1$/);
    expect(write.bytes).toBeGreaterThan(bytes);
    expect(write.bytes).toBeLessThan(bytes + 2_000);

    await (await fetch(`${kurs.url}/nowhere/${'x'.repeat(500)}`, named('lost'))).text();
    const lost = await told('lost');
    expect(lost).toMatchObject({ route: 'unmatched', status: 404 });
    expect((lost.path as string).length).toBeLessThan(310);

    const headers = { 'X-Request-Id': 'live' };
    await (await SocketClient.connect(kurs.url, headers)).close();
    expect(await told('live')).toMatchObject({
      route: '/ws/rates',
      path: '/ws/rates',
      status: 101,
    });
    await expect(
      SocketClient.connect(kurs.url, { 'X-Request-Id': 'shut' }, '?colour=red'),
    ).rejects.toThrow('422');
    expect(await told('shut')).toMatchObject({ route: '/ws/rates', status: 422 });

    for (const path of ['/health/live', '/health/ready', '/health', '/metrics']) {
      await (await fetch(`${kurs.url}${path}`, named('probe'))).text();
    }
    await (await fetch(`${kurs.url}/health?colour=red`, named('bad-probe'))).text();
    expect(await told('bad-probe')).toMatchObject({ route: '/health', status: 422 });
    expect(linesOf('probe')).toEqual([]);

    expect(runs()).toEqual([
      {
        ...frame,
        context: 'FetchRuns',
        message: 'Rates update finished, saved 1 records; sheet of 2026-04-25',
        ...{ result: 'success', code: null, forced: false },
        ...{ saved: 1, unchanged: 0, quarantined: 0, effective_date: '2026-04-25' },
        asked: expect.arrayContaining(['XML_daily.asp']) as string[],
        tries: number,
        ms: number,
      },
    ]);
  });

  it('reports runs with held rates and failed runs in the same words', async () => {
    await start({ LOG_FORMAT: 'json' });
    const run = () =>
      fetch(`${kurs.url}/tasks/run`, { method: 'POST', headers: { 'X-API-Key': KEY } });
    bank.publish(sheetXml('28.04.2026', [at(USD, '175,0000')]));
    await run();
    await eventually('the run is told of', () => runs().length === 2);
    expect(runs()[1]).toMatchObject({
      level: 'warn',
      message:
        'Rates update finished, saved 0 records; sheet of 2026-04-28; 1 are held and wait in /v1/quarantine',
      ...{ result: 'success', forced: true, saved: 0, quarantined: 1 },
      asked: [
        'XML_daily.asp',
        'XML_daily.asp?date_req=26/04/2026',
        'XML_daily.asp?date_req=27/04/2026',
      ],
      tries: 3,
    });
    bank.misbehave((_, response) => response.destroy());
    await run();
    await eventually('the failure is told of', () => runs().length === 3);
    expect(runs()[2]).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/^No rates: .* \(cbr\.unreachable\)$/) as string,
      ...{ result: 'failure', code: 'cbr.unreachable', forced: true, effective_date: null },
      asked: ['XML_daily.asp'],
      tries: 3,
    });
  });

  it('is text in a terminal: writes with their callers, reads on request', async () => {
    await start({ LOG_FORMAT: 'text' });
    const body = withBody('POST', { code: 'TST', name: 'Т', value: '1' });
    await fetch(`${kurs.url}/rates/get/usd`, named('read'));
    await fetch(`${kurs.url}/rates/create`, named('denied', body));
    await kurs.printed(
      /LOG \[Request\] POST \/rates\/create 401 \d+ ms from 127\.0\.0\.1 \(request denied\)\n/,
    );
    expect(kurs.output).toMatch(
      /LOG \[FetchRuns\] Rates update finished, saved 1 records; sheet of 2026-04-25\n/,
    );
    expect(kurs.output).not.toContain('(request read)');
    expect(kurs.output).not.toContain('{');
  });
});
