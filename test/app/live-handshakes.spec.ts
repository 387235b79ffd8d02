import { once } from 'node:events';
import { Agent, type IncomingMessage, request as httpRequest, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HttpAdapterHost } from '@nestjs/core';
import { eventually } from '../support/eventually.js';
import { HANDSHAKE, HTTP2_OFFER } from '../support/handshake.js';
import { Scrape } from '../support/metrics.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';
import { withKurs } from '../support/with-kurs.js';

describe('clients of live delivery', () => {
  const fixture = withKurs({ settings: { CBR_BASE_URL: 'http://127.0.0.1:9' }, starts: false });
  const { kurs } = fixture;

  const start = (environment: Record<string, string> = {}) => fixture.start(environment);
  const metric = async (line: string) => (await Scrape.of(kurs.url)).value(line);
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
});
