import { once } from 'node:events';
import { createServer, type IncomingMessage, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Settings } from '../../src/config/settings.js';
import { HttpMetrics } from '../../src/http/telemetry/http-metrics.js';
import { InFlight } from '../../src/http/telemetry/in-flight.js';
import { noteRoute } from '../../src/http/telemetry/request-route.js';
import { RequestWatch } from '../../src/http/telemetry/request-watch.js';
import type { Status } from '../../src/health/status.dto.js';
import { StatusService } from '../../src/health/status.service.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { type ProblemBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Scrape } from '../support/metrics.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { StreamClient } from '../support/stream-client.js';

const DURATIONS = 'kurs_http_request_duration_seconds';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HOSTILE_METHODS = ['PURGE', 'PROPFIND', 'LOCK', 'MKCOL', 'UNSUBSCRIBE', 'M-SEARCH', 'TRACE'];

describe('requests', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await createSqlite();
    kurs = await startKurs({
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'error',
    });
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  /** Sends any request; the body is read. */
  const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const { port } = new URL(kurs.url);
    const request = httpRequest({ port, method, path, headers, agent: false }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { response, body: await text(response) };
  };

  const countOf = (method: string, route: string, code: string) => (scrape: Scrape) =>
    scrape.value(`${DURATIONS}_count{method="${method}",route="${route}",code="${code}"}`);

  it('are counted by route and status, never by text of the client', async () => {
    const [read, unknown] = [
      countOf('GET', '/v1/rates/{code}', '200'),
      countOf('GET', '/v1/rates/{code}', '404'),
    ];
    await send('GET', '/v1/rates/USD');
    const before = await Scrape.of(kurs.url);
    for (const code of ['USD', 'usd', 'USD.csv'])
      await send('GET', `/v1/rates/${code}?date=latest`);
    await send('GET', '/v1/rates/QQQ');
    const after = await Scrape.of(kurs.url);
    expect(read(after) - read(before)).toBe(3);
    expect(unknown(after) - (unknown(before) || 0)).toBe(1);
    expect(after.text).not.toMatch(/usd|QQQ/i);
  });

  it('create no further series for invented addresses, methods and ids', async () => {
    const flood = async (round: number) => {
      const paths = [
        '/x',
        '/v1/rates/',
        '/v1/',
        '/docs/',
        '/v1/quarantine/',
        '/%2e%2e/',
        '/health/',
      ];
      const asked = Array.from({ length: 20 }, (_, index) =>
        paths.map((path) => send('GET', `${path}${round}n${index}?a=${index}`)),
      ).flat();
      const methods = HOSTILE_METHODS.map((method) => send(method, `/m${round}`));
      const ids = [send('GET', '/', { 'X-Request-Id': `r${round}` })];
      await Promise.all([...asked, ...methods, ...ids]);
      return Scrape.of(kurs.url);
    };
    await flood(1);
    // The first scrape is a request, too.
    const first = (await flood(2)).series();
    const second = (await flood(3)).series();
    // Node.js adds a series with the first garbage collection of a kind.
    const ours = second.filter((series) => !series.startsWith('nodejs_'));
    expect(ours.filter((series) => !first.includes(series))).toEqual([]);
    expect(second).toContain(`${DURATIONS}_count{method="other",route="unmatched",code="404"}`);
    expect(second.length).toBeLessThan(600);
  });

  it('that are not HTTP are counted by error, and named', async () => {
    const socket = connect(Number(new URL(kurs.url).port)).end('BLAH\r\n\r\n');
    const answer = await text(socket);
    const [, header] = /^X-Request-Id: (\S+)\r$/m.exec(answer) ?? [];
    expect(header).toMatch(UUID);
    expect(answer).toContain(`"request_id":"${header}"`);
    const broken = 'kurs_http_broken_requests_total{code="http.broken_request"}';
    expect((await Scrape.of(kurs.url)).value(broken)).toBe(1);
  });

  it('in flight are counted; endless streams are not, and have no duration', async () => {
    const stream = await StreamClient.connect(kurs.url);
    const [inFlight, routes] = ['kurs_http_requests_in_flight', `${DURATIONS}_count`];
    // The scrape itself.
    await eventually('one request is under way', async () => {
      return (await Scrape.of(kurs.url)).value(inFlight) === 1;
    });
    await stream.close();
    const gone = 'kurs_live_connections{transport="sse"}';
    await eventually('the stream ends', async () => (await Scrape.of(kurs.url)).value(gone) === 0);
    const series = (await Scrape.of(kurs.url)).series(routes);
    expect(series.filter((each) => each.includes('/v1/stream'))).toEqual([]);
  });

  it('whose client has disconnected are counted as aborted', async () => {
    let finish = (): void => undefined;
    const status = jest
      .spyOn(kurs.get(StatusService), 'status')
      .mockImplementation(() => new Promise((resolve) => (finish = () => resolve({} as Status))));
    const request = httpRequest(`${kurs.url}/v1/status`, { agent: false }).end();
    request.on('error', () => undefined);
    await eventually('it is under way', () => status.mock.calls.length === 1);
    request.destroy();
    const cutOff = countOf('GET', '/v1/status', 'cut_off');
    await eventually('it is counted', async () => cutOff(await Scrape.of(kurs.url)) === 1);
    status.mockRestore();
    finish();
  });

  it('that fail by an internal error lead to the log line with the stack', async () => {
    const status = jest.spyOn(kurs.get(StatusService), 'status');
    status.mockRejectedValueOnce(new TypeError('no such thing'));
    const written: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
      written.push(String(line));
      return true;
    });
    const response = await fetch(`${kurs.url}/v1/status`, { headers: { 'X-Request-Id': 'r-500' } });
    write.mockRestore();
    status.mockRestore();
    const problem = (await response.json()) as ProblemBody;
    expect(problem).toMatchObject({ code: 'http.internal', request_id: 'r-500' });
    expect(JSON.stringify(problem)).not.toContain('no such thing');
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'GET /v1/status failed: no such thing',
        request_id: 'r-500',
        stack: expect.stringContaining('requests.spec') as string,
      }),
    ]);
  });

  it('of one service do not appear in the metrics of another in the same process', async () => {
    const other = await createSqlite();
    const second = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: other.url });
    const scrape = await Scrape.of(second.url);
    expect(scrape.series(`${DURATIONS}_count`)).toEqual([]);
    expect(scrape.value('kurs_fetch_runs_total{result="success",code=""}')).toBe(1);
    await second.stop();
    await other.drop();
  });

  it('that never reach Express are still named and counted', async () => {
    const inFlight = new InFlight();
    const metrics = new HttpMetrics(inFlight);
    const log = { isLogged: () => true, answered: jest.fn(), broken: jest.fn() };
    const watch = new RequestWatch(inFlight, metrics, log as never, new Settings());
    const server = createServer((request, response) => {
      watch.follow(request, response);
      noteRoute(request, '/v1/rates');
      response.end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const headers = { 'X-Request-Id': 'cached' };
    const response = await fetch(`http://127.0.0.1:${port}/v1/rates?codes=USD`, { headers });
    expect(response.headers.get('x-request-id')).toBe('cached');
    await response.text();
    await eventually('it is logged', () => log.answered.mock.calls.length === 1);
    expect(log.answered).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({
        method: 'GET',
        path: '/v1/rates',
        route: '/v1/rates',
        status: 200,
      }),
    );
    server.close();
    server.closeAllConnections();
  });
});
