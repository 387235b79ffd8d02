import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import WebSocket from 'ws';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { closed } from '../support/closed.js';
import { eventually } from '../support/eventually.js';
import { HANDSHAKE, HTTP2_OFFER } from '../support/handshake.js';
import { encode1251, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { manyRates } from '../support/many-rates.js';
import { withKurs } from '../support/with-kurs.js';

const SHEET = sheetXml('25.04.2026', [USD]);
/** Their answers, of up to 1,000 rows, exceed what the kernel buffers for a client that reads nothing. */
const GREEDY_REQUESTS = 60;

describe('the limits of HTTP', () => {
  const { bank, kurs } = withKurs({
    sheets: [SHEET],
    settings: { REQUEST_TIMEOUT_SECONDS: '1', MAX_EXPORTS: '1' },
    once: true,
  });

  beforeAll(() => kurs.get(UnitOfWork).run((unit) => unit.insert(RateEntity, manyRates(40_000))));

  const port = () => Number(new URL(kurs.url).port);

  it('write nothing into the answer of an earlier request', async () => {
    const socket = connect(port(), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\n\r\nnonsense\r\n\r\n');
    await closed(socket);
    expect(text).not.toContain('http.broken_request');
  });

  it('bound concurrent long answers, and free the slot of a disconnected reader', async () => {
    const slow = connect(port(), '127.0.0.1');
    slow.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\n\r\n');
    await once(slow, 'readable');
    slow.pause();
    const refused = await fetch(`${kurs.url}/rates/get`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ code: 'http.too_many_exports' });
    // Short answers need no slot.
    expect((await fetch(`${kurs.url}/rates/get?limit=1000`)).status).toBe(200);
    slow.destroy();
    await placeIsFree();
  });

  it('disconnect a client that reads nothing of its answer, whatever it sends', async () => {
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

  /** Calls `ask`, which starts a run; resolves with a function that makes the bank answer it. */
  const whileTheBankIsAsked = async (ask: () => void): Promise<() => void> => {
    const questions = bank.questions.length;
    let answerNow: (() => void) | undefined;
    bank.misbehave((_, response) => (answerNow = () => response.end(encode1251(SHEET))));
    ask();
    await eventually('the bank is asked', () => bank.questions.length > questions);
    bank.misbehave();
    return () => answerNow?.();
  };

  it('give no slot to a queued long answer', async () => {
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

  it('disconnect a client that reads none of its answers, but none that waits for one', async () => {
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

    it('they get all of a preceding long answer, at any pace', async () => {
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

    it('one that reads nothing of it is disconnected, and its slot freed', async () => {
      const client = connect(port(), '127.0.0.1').on('error', () => undefined);
      client.write(asked('/rates/get') + asked(path, offer));
      await once(client, 'readable');
      await placeIsFree();
      client.destroy();
    });
  });

  it('give a client that offers another protocol all of a long answer, at any pace', async () => {
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
});
