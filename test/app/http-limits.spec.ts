import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import WebSocket from 'ws';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { closed } from '../support/closed.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FakeBank } from '../support/fake-bank.js';
import { HANDSHAKE, HTTP2_OFFER } from '../support/handshake.js';
import type { ProblemBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { encode1251, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';

const MOST_REQUESTS = 40;
const SHEET = sheetXml('25.04.2026', [USD]);
/** Their answers, of 1,000 rows or a few less, are more than the system takes for a client that reads nothing. */
const GREEDY_REQUESTS = 60;
const POST = 'POST /rates/create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

describe('the bounds of HTTP', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(SHEET);
    database = await createSqlite();
    kurs = await startKurs({
      CBR_BASE_URL: bank.url,
      DATABASE_URL: database.url,
      REQUEST_TIMEOUT_SECONDS: '1',
      MAX_EXPORTS: '1',
    });
    await kurs.get(UnitOfWork).run((unit) => unit.insert(RateEntity, manyRates(40_000)));
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const port = () => Number(new URL(kurs.url).port);
  /** What the service answers to these bytes until it closes the connection. */
  const answerTo = async (bytes: string) => {
    const socket = connect(port(), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await closed(socket);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    return { head, problem: JSON.parse(body) as ProblemBody };
  };
  const post = (body: string) =>
    fetch(`${kurs.url}/rates/create`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });

  it('take a body of 16 KiB, and no more', async () => {
    const body = (length: number) => {
      const rate = { code: 'TST', name: 'Т', value: '1.5' };
      return JSON.stringify(rate) + ' '.repeat(length - JSON.stringify(rate).length - 1);
    };
    expect((await post(body(16 * 1024))).status).toBe(201);
    const refused = await post(body(16 * 1024 + 2));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'http.body_too_large' });
  });

  it('take an address of 8 KiB, and no more, whatever the headers', async () => {
    const path = (length: number) => `/nowhere?${'a'.repeat(length - '/nowhere?'.length)}`;
    expect((await fetch(kurs.url + path(8 * 1024))).status).toBe(404);
    expect((await fetch(kurs.url + path(8 * 1024 + 1))).status).toBe(414);
    const { head, problem } = await answerTo(`GET ${path(20_000)} HTTP/1.1\r\nHost: kurs\r\n\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 414 /);
    expect(problem).toMatchObject({ status: 414, code: 'http.uri_too_long' });
  });

  it('take headers of 16 KiB, and no more', async () => {
    const { head, problem } = await answerTo(
      `GET / HTTP/1.1\r\nHost: kurs\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`,
    );
    expect(head).toMatch(/^HTTP\/1\.1 431 /);
    expect(head).toMatch(/Cache-Control: no-store/);
    expect(problem).toMatchObject({ status: 431, code: 'http.headers_too_large' });
  });

  it('refuse what is no HTTP', async () => {
    expect((await answerTo('hello\r\n\r\n')).problem).toMatchObject({
      ...{ status: 400, code: 'http.broken_request' },
    });
  });

  const KEPT = 'GET /v1/currencies HTTP/1.1\r\n';

  it.each([
    ['no Host', `${KEPT}\r\n`, 400, 'http.broken_request'],
    ['two of them', `${KEPT}Host: kurs\r\nHOST: b\r\n\r\n`, 400, 'http.broken_request'],
    [
      ...['two for a write', 'POST /tasks/run HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n'],
      ...[400, 'http.broken_request'],
    ],
    ['wonders', `${KEPT}Host: kurs\r\nExpect: wonders\r\n\r\n`, 417, 'http.expectation_failed'],
    [
      ...['wonders for a write', `${POST}Expect: wonders\r\nContent-Length: 2\r\n\r\n{}`],
      ...[417, 'http.expectation_failed'],
    ],
  ] as const)('refuse a head with %s, and close', async (_, request, status, code) => {
    // It is kept for the same question with a good head.
    const { head: good } = await answerTo(`${KEPT}Host: kurs\r\nConnection: close\r\n\r\n`);
    expect(good).toMatch(/^HTTP\/1\.1 200 /);
    const { head, problem } = await answerTo(request);
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\r\nConnection: close`));
    expect(problem).toMatchObject({ status, code });
  });

  it('answer HTTP/1.0, which has no Host', async () => {
    const { head } = await answerTo('GET /v1/currencies HTTP/1.0\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: kurs\r\nX-Slow: '],
    ['a body', `${POST}Content-Length: 100\r\n\r\n{`],
  ])('wait for %s no longer than REQUEST_TIMEOUT_SECONDS', async (_, beginning) => {
    const { head, problem } = await answerTo(beginning);
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    expect(problem).toMatchObject({ code: 'http.request_timeout' });
  });

  it('write nothing into the answer of an earlier request', async () => {
    const socket = connect(port(), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\n\r\nnonsense\r\n\r\n');
    await closed(socket);
    expect(text).not.toContain('http.broken_request');
  });

  it('give so many long answers at once, and the place of one whose reader has gone', async () => {
    const slow = connect(port(), '127.0.0.1');
    slow.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\n\r\n');
    await once(slow, 'readable');
    slow.pause();
    const refused = await fetch(`${kurs.url}/rates/get`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ code: 'http.too_many_exports' });
    // Short answers need no place.
    expect((await fetch(`${kurs.url}/rates/get?limit=1000`)).status).toBe(200);
    slow.destroy();
    await placeIsFree();
  });

  it('cut off who takes nothing of his answer, whatever he sends meanwhile', async () => {
    const slow = connect(port(), '127.0.0.1').on('error', () => undefined);
    slow.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\n\r\n');
    await once(slow, 'readable');
    slow.pause();
    const sending = setInterval(() => slow.write('\r\n'), 50);
    await placeIsFree();
    clearInterval(sending);
    slow.destroy();
  });

  const placeIsFree = () =>
    eventually('the place is free', async () => {
      const response = await fetch(`${kurs.url}/rates/get`);
      await response.arrayBuffer();
      return response.status === 200;
    });

  /** Has `ask` make the service ask a bank that answers when the function is called that this resolves with. */
  const whileTheBankIsAsked = async (ask: () => void): Promise<() => void> => {
    const questions = bank.questions.length;
    let answerNow: (() => void) | undefined;
    bank.misbehave((_, response) => (answerNow = () => response.end(encode1251(SHEET))));
    ask();
    await eventually('the bank is asked', () => bank.questions.length > questions);
    bank.misbehave();
    return () => answerNow?.();
  };

  it('give no place to a long answer whose turn has not come', async () => {
    const leaving = connect(port(), '127.0.0.1').on('error', () => undefined);
    const answerNow = await whileTheBankIsAsked(() => {
      const run = 'POST /tasks/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n';
      leaving.write(`${run}GET /rates/get HTTP/1.1\r\nHost: kurs\r\n\r\n`);
    });
    const status = async () => {
      const response = await fetch(`${kurs.url}/rates/get`);
      await response.body?.cancel();
      return response.status;
    };
    expect(await status()).toBe(200);
    leaving.destroy();
    answerNow();
    await eventually('the place is free', async () => (await status()) === 200);
  });

  it('take the requests of a connection one after the other, as they were sent', async () => {
    const connection = connect(port(), '127.0.0.1').setEncoding('utf8');
    let text = '';
    connection.on('data', (chunk: string) => (text += chunk));
    const body = JSON.stringify({ code: 'TRN', name: 'Turn', value: '1.5' });
    connection.write(`${POST}Content-Length: ${body.length}\r\n\r\n${body}`);
    connection.write(
      'GET /v1/rates/TRN?source=manual HTTP/1.1\r\nHost: kurs\r\nConnection: close\r\n\r\n',
    );
    await closed(connection);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 200']);
  });

  it('cut off who takes nothing of his answers, and nobody who waits for one', async () => {
    const abort = new AbortController();
    const live = await fetch(`${kurs.url}/v1/stream`, { signal: abort.signal });
    const socket = await SocketClient.connect(kurs.url);
    let run = Promise.resolve(new Response());
    const answerNow = await whileTheBankIsAsked(() => {
      run = fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    });

    const inFlight = async () => {
      const metrics = await (await fetch(`${kurs.url}/metrics`)).text();
      return Number(/^kurs_http_requests_in_flight (\d+)/m.exec(metrics)?.[1]);
    };
    const before = await inFlight();
    const greedy = connect(port(), '127.0.0.1')
      .on('error', () => undefined)
      .pause();
    for (let limit = 1_000; limit > 1_000 - GREEDY_REQUESTS; limit--) {
      greedy.write(`GET /rates/get?limit=${limit} HTTP/1.1\r\nHost: kurs\r\n\r\n`);
    }
    await eventually('an answer waits', async () => (await inFlight()) > before);
    await eventually('it is gone', async () => (await inFlight()) <= before);

    expect(socket.socket.readyState).toBe(WebSocket.OPEN);
    answerNow();
    expect((await run).status).toBe(200);
    expect(await live.body?.getReader().read()).toMatchObject({ done: false });
    abort.abort();
    greedy.destroy();
    await socket.close();
  });

  describe.each([
    ['HTTP/2', HTTP2_OFFER, 200],
    ['a WebSocket', HANDSHAKE, 101],
  ])('hold for clients that offer %s, too:', (_, offer, status) => {
    const asked = (path: string, headers: Record<string, string> = {}) =>
      [
        `GET ${path} HTTP/1.1\r\nHost: kurs\r\n`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`),
        '\r\n',
      ].join('');
    const path = status === 101 ? '/ws/rates' : '/health/live';

    it('they get all of a long answer before, at whatever pace', async () => {
      const client = connect(port(), '127.0.0.1').setEncoding('latin1');
      client.write(asked('/rates/get') + asked(path, offer));
      await once(client, 'readable');
      let text = '';
      for await (const chunk of client as AsyncIterable<string>) {
        text += chunk;
        if (text.includes(`HTTP/1.1 ${status}`, 20)) break;
      }
      expect(text.match(/"id":/g)?.length).toBeGreaterThan(40_000);
    });

    it('who takes nothing of it is cut off, and gives back its place', async () => {
      const client = connect(port(), '127.0.0.1').on('error', () => undefined);
      client.write(asked('/rates/get') + asked(path, offer));
      await once(client, 'readable');
      await placeIsFree();
      client.destroy();
    });
  });

  it('give who offers another protocol all of a long answer, at whatever pace', async () => {
    const request = httpRequest(`${kurs.url}/rates/get`, { headers: HTTP2_OFFER }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const rates = (await json(response)) as unknown[];
    expect(rates.length).toBeGreaterThan(40_000);
    const idle = httpRequest(`${kurs.url}/rates/get`, { headers: HTTP2_OFFER }).on(
      'error',
      () => undefined,
    );
    idle.end();
    await once(idle, 'response');
    await placeIsFree();
    idle.destroy();
  });

  it('tell browsers what an answer may do: nothing, but for the pages of the documents', async () => {
    const policy = async (path: string) =>
      (await fetch(kurs.url + path)).headers.get('content-security-policy');
    expect(await policy('/v1/rates')).toBe("default-src 'none';frame-ancestors 'none'");
    // Whatever Express takes for the page has its policy.
    for (const page of ['/docs', '/DOCS', '/Docs/', '/DOCS/swagger-ui.css', '//']) {
      expect([page, await policy(page)]).toEqual([
        page,
        expect.stringMatching(/script-src 'self';/),
      ]);
    }
    const { headers } = await fetch(`${kurs.url}/v1/rates`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('long answers', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  const readers: Socket[] = [];

  const start = async (environment: Record<string, string>) => {
    bank = await FakeBank.start();
    bank.publish(SHEET);
    database = await createSqlite();
    const settings = { CBR_BASE_URL: bank.url, DATABASE_URL: database.url };
    kurs = await startKurs({ ...settings, ...environment });
    await kurs.get(UnitOfWork).run((unit) => unit.insert(RateEntity, manyRates(40_000)));
  };

  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.destroy();
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  /** Begins to read one from this address, and then stops; its head. */
  const begin = async (localAddress = '127.0.0.1') => {
    const port = Number(new URL(kurs.url).port);
    const reader = connect({ port, host: '127.0.0.1', localAddress });
    reader.on('error', () => undefined);
    readers.push(reader);
    reader.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\nConnection: close\r\n\r\n');
    await once(reader, 'readable');
    const text = String(reader.read());
    reader.pause();
    return { reader, text };
  };

  it('are given to one address so many at once, and to others the rest', async () => {
    await start({ MAX_EXPORTS: '3', MAX_EXPORTS_PER_ADDRESS: '2' });
    const [first, second, third] = [await begin(), await begin(), await begin()];
    expect([first, second].map(({ text }) => text.slice(9, 12))).toEqual(['200', '200']);
    expect(third.text).toMatch(
      /^HTTP\/1\.1 429 [^]*Retry-After: \d+[^]*http\.too_many_exports_from_address/,
    );
    expect((await begin('127.0.0.2')).text).toMatch(/^HTTP\/1\.1 200 /);
    expect((await begin('127.0.0.3')).text).toMatch(/^HTTP\/1\.1 503 [^]*http\.too_many_exports/);
    first.reader.destroy();
    await eventually('there is a place', async () => {
      const { reader, text } = await begin();
      reader.destroy();
      return text.startsWith('HTTP/1.1 200 ');
    });
  });

  it('are cut off when they are taken more slowly than EXPORT_BYTES_PER_SECOND, however steadily', async () => {
    await start({ REQUEST_TIMEOUT_SECONDS: '1', EXPORT_BYTES_PER_SECOND: '100000000' });
    const { reader } = await begin();
    let bytes = 0;
    const closed = new Promise((resolve) => reader.once('close', resolve));
    const reset = once(reader, 'error');
    const reading = setInterval(() => {
      bytes += (reader.read() as Buffer | null)?.length ?? 0;
    }, 32);
    reader.once('close', () => clearInterval(reading));
    // What the system has taken for him is not kept for as long as he likes.
    expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
    await closed;
    const whole = await fetch(`${kurs.url}/rates/get?limit=1000`);
    expect(bytes).toBeLessThan(39 * (await whole.arrayBuffer()).byteLength);
  });
});

describe('requests of one client address', () => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;

  const start = async (TRUST_PROXY: string) => {
    bank = await FakeBank.start();
    bank.publish(SHEET);
    database = await createSqlite();
    kurs = await startKurs({
      ...{ CBR_BASE_URL: bank.url, DATABASE_URL: database.url, TRUST_PROXY },
      ALLOWED_ORIGINS: 'https://shop.example',
      RATE_LIMIT_PER_MINUTE: String(MOST_REQUESTS),
    });
  };

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  const ask = (forwarded?: string, path = '/v1/status') =>
    fetch(kurs.url + path, {
      headers: forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded },
    });
  const statuses = async (count: number, forwarded: (index: number) => string | undefined) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => (await ask(forwarded(index))).status),
    );

  it('are bounded, over all routes together; whoever waits may come again', async () => {
    await start('');
    const answers = await statuses(MOST_REQUESTS, () => undefined);
    expect(new Set(answers)).toEqual(new Set([200]));
    const refused = await ask(undefined, '/v1/rates');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ code: 'http.too_many_requests' });
    // A load balancer must not take a busy service for a dead one.
    for (const path of ['/health/live', '/health/ready']) {
      expect((await ask(undefined, path)).status).toBe(200);
    }
  });

  /** The answer's status to a request that is written by hand, and to one that makes no sense without more. */
  const statusOf = async (bytes: string) => {
    const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1').setEncoding('latin1');
    socket.on('error', () => undefined).write(bytes);
    const [text] = (await once(socket, 'data')) as [string];
    socket.destroy();
    return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
  };
  const request = (line: string, headers: Record<string, string> = {}) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return (forwarded: string) =>
      statusOf(
        `${line} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${forwarded}\r\n${lines.join('')}\r\n`,
      );
  };

  it.each([
    ['the documents', request('GET /openapi.json'), 200],
    ['those of the events', request('GET /asyncapi.json'), 200],
    ['the metrics', request('GET /metrics'), 200],
    ['the health', request('GET /health'), 200],
    ['what is not there', request('GET /nowhere'), 404],
    ['what is not there below the documents', request('GET /docs/nowhere'), 404],
    ['other methods', request('DELETE /metrics'), 405],
    ['other methods for a page', request('POST /docs'), 405],
    ['preflights', request('OPTIONS /v1/rates', { Origin: 'https://shop.example' }), 204],
    ['bad heads', request('GET /v1/status', { Expect: 'wonders' }), 417],
    ['bad parameters', request('GET /health/live?no=1'), 422],
    ['handshakes', request('GET /ws/rates', HANDSHAKE), 101],
    ['bad handshakes', request('GET /ws/nowhere', HANDSHAKE), 404],
    ['offers of HTTP/2', request('GET /nowhere', HTTP2_OFFER), 404],
    ['what is no HTTP', () => statusOf('hello\r\n\r\n'), 400],
  ] as const)('are counted when they are for %s, and refused', async (_, send, status) => {
    await start('loopback');
    const address = '203.0.113.9';
    for (let count = 0; count < MOST_REQUESTS; count++) expect(await send(address)).toBe(status);
    expect(await send(address)).toBe(429);
  });

  it('are counted when they are read, not when it is their turn', async () => {
    await start('');
    const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /rates/get?limit=2 HTTP/1.1\r\nHost: kurs\r\n\r\n'.repeat(MOST_REQUESTS + 5));
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    const answers = () => text.match(/HTTP\/1\.1 \d+/g) ?? [];
    await eventually('all are answered', () => answers().length === MOST_REQUESTS + 5);
    expect(answers().filter((line) => line.endsWith('429'))).toHaveLength(5);
    socket.destroy();
  });

  it('that never have their turn close the stream before them once they are too many', async () => {
    await start('');
    const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /v1/stream HTTP/1.1\r\nHost: kurs\r\n\r\n');
    await once(socket, 'data');
    socket.write('GET /v1/status HTTP/1.1\r\nHost: kurs\r\n\r\n'.repeat(MOST_REQUESTS));
    socket.resume();
    await closed(socket);
    expect((await ask()).status).toBe(429);
  });

  it('are not counted for the files of the page and of /docs', async () => {
    await start('');
    const files = async (page: string) => {
      const text = await (await ask(undefined, page)).text();
      const names = [...text.matchAll(/<(?:link|script)[^>]* (?:src|href)="([^"]+)"/g)].map(
        ([, name = '']) => name,
      );
      return names.map((name) => new URL(name, `${kurs.url}${page}`).pathname);
    };
    const pages = ['/', '/docs', ...(await files('/')), ...(await files('/docs'))];
    expect(pages.length).toBeGreaterThan(6);
    for (let count = 0; count < MOST_REQUESTS; count++) {
      const path = pages[count % pages.length] ?? '';
      expect([path, (await ask(undefined, path)).status]).toEqual([path, 200]);
    }
    expect((await statuses(MOST_REQUESTS, () => undefined)).every((one) => one === 200)).toBe(true);
    for (const path of pages) expect((await ask(undefined, path)).status).toBe(200);
  });

  it('are not told apart by what a client writes itself', async () => {
    await start('');
    const answers = await statuses(MOST_REQUESTS + 5, (index) => `203.0.113.${index}`);
    expect(answers.filter((status) => status === 429)).toHaveLength(5);
  });

  it('are told apart by a trusted proxy, by what it appended alone', async () => {
    await start('loopback');
    const spoofed = await statuses(
      MOST_REQUESTS + 5,
      (index) => `203.0.113.${index}, 198.51.100.7`,
    );
    expect(spoofed.filter((status) => status === 429)).toHaveLength(5);
    expect((await ask('198.51.100.8')).status).toBe(200);
    const network = await statuses(MOST_REQUESTS + 5, (index) => `2001:db8::${index.toString(16)}`);
    expect(network.filter((status) => status === 429)).toHaveLength(5);
  });
});

function manyRates(count: number): RateEntity[] {
  const created_at = new Date('2020-01-01T00:00:00Z');
  return Array.from({ length: count }, (_, index) =>
    Object.assign(new RateEntity(), {
      ...{ cbr_id: null, code: 'OLD', name: 'x'.repeat(200), nominal: 1, value: `${index + 1}.5` },
      ...{ effective_date: '2020-01-01', source: 'manual', recorded_by: null, document_id: null },
      ...{ created_at, updated_at: created_at, recorded_at: created_at },
    }),
  );
}
