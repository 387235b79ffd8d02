import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { type Socket } from 'node:net';
import { HANDSHAKE } from '../support/handshake.js';
import { withBody } from '../support/json.js';
import { askRaw } from '../support/raw-answer.js';
import { withKurs } from '../support/with-kurs.js';
import { Scrape } from '../support/metrics.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

const DURATIONS = 'kurs_http_request_duration_seconds';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('requests', () => {
  const { kurs } = withKurs({ sheets: [sheetXml('25.04.2026', [USD])], once: true });

  const countOf = (method: string, route: string, code: string) => (scrape: Scrape) =>
    scrape.value(`${DURATIONS}_count{method="${method}",route="${route}",code="${code}"}`);

  describe('carry their id', () => {
    const ANSWERS: [string, string, string, RequestInit][] = [
      ['an answer', '200', '/v1/rates', {}],
      ['a page', '200', '/docs', {}],
      ['a probe', '200', '/health/live', {}],
      ['nothing there', '404', '/nowhere', {}],
      ['another method', '405', '/v1/rates/USD', { method: 'PUT' }],
      ['a bad parameter', '422', '/v1/rates?colour=red', {}],
      ['no JSON', '400', '/rates/create', withBody('POST', '{')],
      [
        'a form',
        '415',
        '/v1/rates',
        { method: 'POST', body: new URLSearchParams({ code: 'USD' }) },
      ],
      ['too large a body', '413', '/rates/create', withBody('POST', { name: 'x'.repeat(20_000) })],
      ['too long an address', '414', `/${'x'.repeat(9_000)}`, {}],
      ['no handshake', '426', '/ws/rates', {}],
      ['another format', '406', '/v1/rates', { headers: { Accept: 'image/png' } }],
    ];

    it.each(ANSWERS)('%s: %s', async (_, status, path, init) => {
      const headers = { ...(init.headers as Record<string, string>), 'X-Request-Id': 'proxy:7' };
      for (const [given, expected] of [
        [headers, 'proxy:7'],
        [{ ...headers, 'X-Request-Id': 'no name' }, expect.stringMatching(UUID) as string],
      ] as const) {
        const response = await fetch(`${kurs.url}${path}`, { ...init, headers: given });
        const id = response.headers.get('x-request-id');
        expect([String(response.status), id]).toEqual([status, expected]);
        const isProblem = response.headers.get('content-type')?.includes('problem') === true;
        const body = await response.text();
        if (isProblem) expect((JSON.parse(body) as { request_id: string }).request_id).toBe(id);
        expect(isProblem).toBe(Number(status) >= 400);
      }
    });

    it('streams, handshakes, and rejected handshakes', async () => {
      const headers = { 'X-Request-Id': 'live-1' };
      const abort = new AbortController();
      const stream = await fetch(`${kurs.url}/v1/stream`, { headers, signal: abort.signal });
      expect(stream.headers.get('x-request-id')).toBe('live-1');
      abort.abort();
      const upgrade = { ...HANDSHAKE, ...headers };
      const handshake = httpRequest(`${kurs.url}/ws/rates`, { headers: upgrade }).end();
      const [welcome, socket] = (await once(handshake, 'upgrade')) as [IncomingMessage, Socket];
      expect(welcome.headers['x-request-id']).toBe('live-1');
      socket.destroy();
      for (const path of ['/ws/rates?colour=red', '/elsewhere']) {
        const { headers: answered, body } = await askRaw(kurs.url + path, { headers: upgrade });
        expect(answered['x-request-id']).toBe('live-1');
        expect((JSON.parse(body.toString()) as { request_id: string }).request_id).toBe('live-1');
      }
      const scrape = await Scrape.of(kurs.url);
      expect(countOf('GET', '/ws/rates', '101')(scrape)).toBe(1);
      expect(countOf('GET', '/ws/rates', '422')(scrape)).toBe(1);
    });
  });
});
