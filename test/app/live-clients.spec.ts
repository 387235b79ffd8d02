import { once } from 'node:events';
import { Agent, type IncomingMessage, request as httpRequest, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HttpAdapterHost } from '@nestjs/core';
import { eventually } from '../support/eventually.js';
import { HANDSHAKE, HTTP2_OFFER } from '../support/handshake.js';
import { getJson } from '../support/json.js';
import { LiveSessions } from '../../src/gateway/live-sessions.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { withKurs } from '../support/with-kurs.js';

describe('clients of live delivery', () => {
  const fixture = withKurs({ settings: { CBR_BASE_URL: 'http://127.0.0.1:9' }, starts: false });
  const { kurs } = fixture;

  const start = (environment: Record<string, string> = {}) => fixture.start(environment);
  const make = (code: string) =>
    kurs.get(RateEditsService).create({ code, name: code, value: '1.5' }, null);
  const metric = async (line: string) => {
    const text = await (await fetch(`${kurs.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
  };
  /** Answer to a request for an upgrade. */
  const handshake = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const request = httpRequest(`${kurs.url}${path}`, {
      method,
      headers: { ...HANDSHAKE, ...headers },
      agent: false,
    }).end();
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream & Answer];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    const { statusCode, headers: answered } = response;
    return { status: statusCode, headers: answered, problem: JSON.parse(body) as { code: string } };
  };
  interface Answer {
    statusCode: number;
    headers: Record<string, string>;
  }

  describe('during the handshake', () => {
    it('get a problem document for an invalid handshake', async () => {
      await start();
      const refusals = [
        ['/ws', {}, 404, 'http.not_found'],
        ['/ws/rates//', {}, 404, 'http.not_found'],
        ['/ws/rates', { Origin: 'https://evil.example' }, 403, 'gateway.foreign_origin'],
        ['/ws/rates?codes=!', {}, 422, 'http.invalid_request'],
        ['/ws/rates?codes=USD?since=1', {}, 422, 'http.invalid_request'],
        ['/ws/rates', { 'Sec-WebSocket-Key': 'short' }, 400, 'gateway.bad_handshake'],
        ['/ws/rates', { 'Sec-WebSocket-Version': '7' }, 400, 'gateway.bad_handshake'],
        ['/ws/rates', { 'Content-Length': '2' }, 400, 'gateway.bad_handshake'],
        ['/ws/rates', { 'Transfer-Encoding': 'chunked' }, 400, 'gateway.bad_handshake'],
      ] as const;
      for (const [path, headers, status, code] of refusals) {
        const answer = await handshake(path, headers);
        expect([path, answer.status, answer.problem.code]).toEqual([path, status, code]);
        expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      }
      expect(await metric('kurs_live_refusals_total{code="http.not_found"}')).toBe(2);
    });

    it('learn that the address is a WebSocket when they send no handshake', async () => {
      await start();
      const response = await fetch(`${kurs.url}/ws/rates`);
      expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
      expect(await response.json()).toMatchObject({ code: 'gateway.upgrade_required' });
    });

    it('get their answer by HTTP/1.1 when they offer HTTP/2', async () => {
      await start();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ask = async (method: string, path: string, headers: object, body = '') => {
        const options = { method, headers: { ...HTTP2_OFFER, ...headers }, agent };
        const request = httpRequest(`${kurs.url}${path}`, options).end(body);
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        await buffer(response);
        return [response.statusCode, request.reusedSocket];
      };
      expect(await ask('GET', '/health/live', {})).toEqual([200, false]);
      // The connection stays usable, also for requests with a body of any kind.
      const rate = JSON.stringify({ code: 'JAV', name: 'Ява', value: '1.5' });
      const json = { 'Content-Type': 'application/json' };
      const length = { ...json, 'Content-Length': String(Buffer.byteLength(rate)) };
      expect(await ask('POST', '/rates/create', length, rate)).toEqual([201, true]);
      const chunked = { ...json, 'Transfer-Encoding': 'chunked' };
      expect(await ask('POST', '/rates/create', chunked, rate)).toEqual([201, true]);
      const many = Array.from({ length: 1_100 }, (_, index): [string, string] => [`x${index}`, '']);
      // Node 24 itself rejects so many headers as too large.
      const [status] = await ask('GET', '/health/live', Object.fromEntries(many));
      expect([400, 431]).toContain(status);
      agent.destroy();
    });

    it('leave nothing at their connection when every request offers HTTP/2', async () => {
      await start();
      const server = kurs.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
      const connected = once(server, 'connection') as Promise<[Socket]>;
      const offer = Object.entries(HTTP2_OFFER).map(([name, value]) => `${name}: ${value}\r\n`);
      const request = `GET /health/live HTTP/1.1\r\nHost: kurs\r\n${offer.join('')}\r\n`;
      const client = connect(Number(new URL(kurs.url).port), '127.0.0.1').setEncoding('latin1');
      let text = '';
      client.on('data', (chunk: string) => (text += chunk));
      const answered = (count: number) =>
        eventually(`${count} answers`, () => text.split('HTTP/1.1 200').length > count);
      const [socket] = await connected;
      const listeners = () =>
        socket.eventNames().map((event) => [event, socket.listenerCount(event)]);
      client.write(request);
      await answered(1);
      const before = listeners();
      client.write(request.repeat(5));
      await answered(6);
      expect(listeners()).toEqual(before);
      client.destroy();
    });

    it.each([
      ['a WebSocket', '/ws/rates', HANDSHAKE, 101],
      ['HTTP/2', '/health/live', HTTP2_OFFER, 200],
    ])('that request %s before they have their answers get all, in order', async (...offer) => {
      await start();
      const [, path, headers, status] = offer;
      const asked = [
        'GET /v1/currencies HTTP/1.1\r\nHost: kurs\r\n\r\n',
        'GET /nothing HTTP/1.1\r\nHost: kurs\r\n\r\n',
        `GET ${path} HTTP/1.1\r\nHost: kurs\r\n`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`),
        '\r\n',
      ];
      const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1');
      let answers = '';
      socket.on('data', (chunk) => (answers += chunk.toString()));
      socket.write(asked.join(''));
      const statuses = () =>
        [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, each]) => Number(each));
      await eventually('three answers', () => statuses().length === 3);
      expect(statuses()).toEqual([200, 404, status]);
      socket.destroy();
    });

    it('are accepted up to WS_MAX_CONNECTIONS over both transports, and again after others have left', async () => {
      await start({ WS_MAX_CONNECTIONS: '2' });
      const socket = await SocketClient.connect(kurs.url);
      const stream = await StreamClient.connect(kurs.url);
      const full = await handshake('/ws/rates');
      expect([full.status, full.problem.code]).toEqual([503, 'gateway.full']);
      expect(full.headers['retry-after']).toBe('5');
      const response = await fetch(`${kurs.url}/v1/stream`);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      for (const client of [socket, stream]) {
        await client.close();
        await eventually('there is a place again', async () => {
          const next = await SocketClient.connect(kurs.url).catch(() => undefined);
          await next?.close();
          return next !== undefined;
        });
      }
    });

    it('are accepted up to WS_MAX_PER_ADDRESS from one address', async () => {
      await start({ WS_MAX_PER_ADDRESS: '1' });
      const first = await SocketClient.connect(kurs.url);
      const second = await handshake('/ws/rates');
      expect([second.status, second.problem.code]).toEqual([429, 'gateway.too_many_connections']);
      expect(second.headers['retry-after']).toBe('5');
      const other = connect({
        port: Number(new URL(kurs.url).port),
        host: '127.0.0.1',
        localAddress: '127.0.0.2',
      });
      const lines = Object.entries(HANDSHAKE).map(([name, value]) => `${name}: ${value}\r\n`);
      other.write(`GET /ws/rates HTTP/1.1\r\nHost: kurs\r\n${lines.join('')}\r\n`);
      const [answer] = (await once(other, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 101 /);
      other.destroy();
      await first.close();
    });

    it('of the stream may be pages of the allowed origins, and of no others', async () => {
      await start({ ALLOWED_ORIGINS: 'https://shop.example' });
      const ask = (origin: string) =>
        fetch(`${kurs.url}/v1/stream`, { method: 'HEAD', headers: { Origin: origin } });
      const allowed = await ask('https://shop.example');
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(allowed.headers.get('vary')).toContain('Origin');
      expect((await ask('https://evil.example')).status).toBe(403);
    });
  });

  describe('that send messages', () => {
    const answerTo = async (client: SocketClient, message: unknown) => {
      const count = client.messages.length;
      if (typeof message === 'string') client.socket.send(message);
      else client.say(message);
      return JSON.parse((await client.received(count + 1)).at(-1) ?? '') as unknown;
    };
    const subscribed = (...codes: string[]) => ({ event: 'subscribed', data: { codes } });
    const codes = (...all: unknown[]) => ({ codes: all });

    it('choose their codes, and get the reply at the position where the change takes effect', async () => {
      await start();
      const client = await SocketClient.connect(kurs.url);
      await make('AAA');
      await client.received(1);
      const subscribe = { event: 'subscribe', data: codes('usd', 'BBB') };
      expect(await answerTo(client, subscribe)).toEqual(subscribed('USD', 'BBB'));
      await make('AAA');
      const more = { event: 'subscribe', data: codes('CCC', 'USD') };
      expect(await answerTo(client, more)).toEqual(subscribed('USD', 'BBB', 'CCC'));
      const less = { event: 'unsubscribe', data: codes('BBB', 'XXX') };
      expect(await answerTo(client, less)).toEqual(subscribed('USD', 'CCC'));
      for (const code of ['AAA', 'BBB', 'CCC']) await make(code);
      const texts = await client.received(5);
      expect(JSON.parse(texts.at(-1) ?? '')).toMatchObject({ code: 'CCC', seq: 5 });
      const nothing = { event: 'unsubscribe', data: codes('USD', 'CCC') };
      expect(await answerTo(client, nothing)).toEqual(subscribed());
    });

    it('learn their resume position by a ping', async () => {
      await start();
      const client = await SocketClient.connect(kurs.url, {}, '?codes=BBB');
      await make('AAA');
      const { log_id, seq } = await getJson<{ log_id: string; seq: number }>(
        `${kurs.url}/v1/status`,
      );
      expect(seq).toBe(1);
      await eventually('the event has passed by', async () => {
        const pong = (await answerTo(client, { event: 'ping' })) as { seq: number };
        expect(pong).toEqual({ event: 'pong', log_id, seq: pong.seq });
        return pong.seq === 1;
      });
    });

    it('get an error for a malformed message, and stay connected', async () => {
      await start();
      const client = await SocketClient.connect(kurs.url);
      const tooMany = Array.from({ length: 101 }, (_, index) => `A${index}`);
      const bad = [
        ['nonsense', 'gateway.malformed_message'],
        ['[]', 'gateway.malformed_message'],
        ['{"data":{}}', 'gateway.malformed_message'],
        [{ event: 'publish' }, 'gateway.unknown_message'],
        [{ event: '__proto__' }, 'gateway.unknown_message'],
        [{ event: 'subscribe' }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes() }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes('US.D') }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes(1) }, 'http.invalid_request'],
        [{ event: 'subscribe', data: codes(...tooMany) }, 'http.invalid_request'],
        [{ event: 'subscribe', data: { ...codes('USD'), all: true } }, 'http.invalid_request'],
        [{ event: 'unsubscribe', data: codes('USD') }, 'gateway.not_subscribed'],
      ] as const;
      for (const [message, code] of bad) {
        const answer = await answerTo(client, message);
        expect([message, answer]).toEqual([
          message,
          { event: 'error', data: { code, message: expect.any(String) as string } },
        ]);
      }
      await make('AAA');
      expect((await client.received(bad.length + 1)).at(-1)).toContain('rate_created');
    });

    it('more than twenty times a second are closed with 1008, and the service goes on', async () => {
      await start();
      const loud = await SocketClient.connect(kurs.url);
      const pinging = await SocketClient.connect(kurs.url);
      for (let count = 0; count < 50; count++) {
        loud.say({ event: 'ping' });
        pinging.socket.ping();
      }
      expect([await loud.closed, await pinging.closed]).toEqual([1008, 1008]);
      expect(loud.messages.length).toBeLessThanOrEqual(21);
      expect(loud.messages.at(-1)).toContain('gateway.too_many_messages');
      expect(await metric('kurs_live_drops_total{reason="too_many_messages"}')).toBe(2);
    });
  });

  it('that vanish silently are dropped after 33 seconds, and others stay', async () => {
    // Only the heartbeat's timer is faked: sockets and everything else are real.
    jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
    await start();
    const proxy = await TcpProxy.start(Number(new URL(kurs.url).port));
    const vanished = await SocketClient.connect(`http://127.0.0.1:${proxy.port}`);
    const there = await SocketClient.connect(kurs.url);
    proxy.hideEnds();
    proxy.swallow();
    for (let second = 1; second <= 33; second++) {
      jest.advanceTimersByTime(1_000);
      if (second % 3 > 0) continue;
      // Arrives after the answer to an earlier ping.
      const count = there.messages.length;
      there.say({ event: 'ping' });
      await there.received(count + 1);
    }
    const connections = 'kurs_live_connections{transport="websocket"}';
    await eventually('the vanished one is gone', async () => (await metric(connections)) === 1);
    expect(await metric('kurs_live_drops_total{reason="no_answer"}')).toBe(1);
    expect(there.socket.readyState).toBe(there.socket.OPEN);
    await vanished.close();
    await there.close();
    await proxy.stop();
  });

  describe('that do not read', () => {
    const SLOW = 'kurs_live_drops_total{reason="too_slow"}';

    /** A client with more pending data than the kernel and the send buffer take. */
    const stuffed = async () => {
      const client = await SocketClient.connect(kurs.url);
      client.socket.pause();
      for (const { outlet } of kurs.get(LiveSessions)) outlet.write(Buffer.alloc(16 * 1024 ** 2));
      return client;
    };

    it.each([
      ['a message', (client: SocketClient) => client.say({ event: 'ping' })],
      ['a ping', (client: SocketClient) => client.socket.ping()],
      ['a pong', (client: SocketClient) => client.socket.pong()],
    ])('are dropped instead of getting an answer to %s', async (_, speak) => {
      await start();
      const client = await stuffed();
      speak(client);
      await eventually('it is dropped', async () => (await metric(SLOW)) === 1);
      await eventually('it is gone', () => [...kurs.get(LiveSessions)].length === 0);
      await client.close();
    });

    it('are dropped by the heartbeat if there is nothing new', async () => {
      jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
      await start();
      const client = await stuffed();
      for (let second = 1; second <= 25; second++) jest.advanceTimersByTime(1_000);
      await eventually('it is gone', () => [...kurs.get(LiveSessions)].length === 0);
      expect(await metric(SLOW)).toBe(1);
      await client.close();
    });
  });

  it('of the stream get their position by the heartbeat, even without events for them', async () => {
    jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS });
    await start();
    const stream = await StreamClient.connect(kurs.url, {}, '?codes=BBB');
    const other = await StreamClient.connect(kurs.url);
    await make('AAA');
    await other.received(1);
    const { log_id } = await getJson<{ log_id: string }>(`${kurs.url}/v1/status`);
    for (let second = 1; second <= 25; second++) jest.advanceTimersByTime(1_000);
    await eventually('its place', () => stream.ids.length > 0);
    expect(stream.ids).toEqual([`${log_id}:1`]);
    expect(stream.messages).toEqual([]);
    await stream.close();
    await other.close();
  });

  it('get a reconnect time, each a different one, when the service stops', async () => {
    await start();
    const clients = await Promise.all([1, 2, 3, 4].map(() => SocketClient.connect(kurs.url)));
    const stream = await StreamClient.connect(kurs.url);
    await kurs.stop();
    const waits: number[] = [];
    for (const client of clients) {
      expect(await client.closed).toBe(1012);
      waits.push((JSON.parse(client.reason) as { retry_after_ms: number }).retry_after_ms);
    }
    await stream.closed;
    waits.push(stream.retryMs ?? 0);
    expect(new Set(waits).size).toBeGreaterThan(1);
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(2_000);
    }
    await start();
  });
});

const EVERYTHING_BUT_INTERVALS = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
];
