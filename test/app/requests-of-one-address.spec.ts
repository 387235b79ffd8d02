import { once } from 'node:events';
import { connect } from 'node:net';
import { closed } from '../support/closed.js';
import { eventually } from '../support/eventually.js';
import { HANDSHAKE, HTTP2_OFFER } from '../support/handshake.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const MOST_REQUESTS = 40;
const SHEET = sheetXml('25.04.2026', [USD]);

describe('requests of one client address', () => {
  const fixture = withKurs({
    sheets: [SHEET],
    settings: { RATE_LIMIT_PER_MINUTE: String(MOST_REQUESTS) },
    starts: false,
  });
  const { kurs } = fixture;
  const start = (TRUST_PROXY: string) => fixture.start({ TRUST_PROXY });

  const ask = (forwarded?: string, path = '/v1/status') =>
    fetch(kurs.url + path, {
      headers: forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded },
    });
  /** Reads the body to its end: a connection with an unread body would outlive the test. */
  const statusAt = async (forwarded?: string, path?: string) => {
    const response = await ask(forwarded, path);
    await response.arrayBuffer();
    return response.status;
  };
  const statuses = async (count: number, forwarded: (index: number) => string | undefined) =>
    Promise.all(Array.from({ length: count }, (_, index) => statusAt(forwarded(index))));

  it('are limited over all routes together, and accepted again after the wait', async () => {
    await start('');
    const answers = await statuses(MOST_REQUESTS, () => undefined);
    expect(new Set(answers)).toEqual(new Set([200]));
    const refused = await ask(undefined, '/v1/rates');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ code: 'http.too_many_requests' });
    // A load balancer must not consider a busy service dead.
    for (const path of ['/health/live', '/health/ready']) {
      expect(await statusAt(undefined, path)).toBe(200);
    }
  });

  it('are counted when they are read, not when they are handled', async () => {
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

  it('that are pipelined beyond the limit close the stream before them', async () => {
    await start('');
    const socket = connect(Number(new URL(kurs.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /v1/stream HTTP/1.1\r\nHost: kurs\r\n\r\n');
    await once(socket, 'data');
    socket.write('GET /v1/status HTTP/1.1\r\nHost: kurs\r\n\r\n'.repeat(MOST_REQUESTS));
    socket.resume();
    await closed(socket);
    expect(await statusAt()).toBe(429);
  });

  it('are not counted for the files of the page and of /docs', async () => {
    await start('');
    const files = async (page: string) => {
      const text = await (await ask(undefined, page)).text();
      const names = [...text.matchAll(/<(?:link|script)[^>]* (?:src|href)="([^"]+)"/g)].map(
        ([, name = '']) => name,
      );
      const paths = names.map((name) => new URL(name, `${kurs.url}${page}`).pathname);
      // The page names itself as well: its canonical address.
      return paths.filter((path) => path !== page);
    };
    const pages = ['/docs', ...(await files('/')), ...(await files('/docs'))];
    expect(pages.length).toBeGreaterThan(6);
    for (let count = 0; count < MOST_REQUESTS; count++) {
      const path = pages[count % pages.length] ?? '';
      expect([path, await statusAt(undefined, path)]).toEqual([path, 200]);
    }
    // One was the page itself.
    const others = await statuses(MOST_REQUESTS - 1, () => undefined);
    expect(others.every((one) => one === 200)).toBe(true);
    for (const path of pages) expect(await statusAt(undefined, path)).toBe(200);
  });

  it('are counted for the page itself, which is painted', async () => {
    await start('');
    // Each value of Host has a page of its own.
    const answers = await Promise.all(
      Array.from({ length: MOST_REQUESTS + 5 }, () => statusAt(undefined, '/')),
    );
    expect(answers.filter((status) => status === 429)).toHaveLength(5);
  });

  it('are not distinguished by headers of the client', async () => {
    await start('');
    const answers = await statuses(MOST_REQUESTS + 5, (index) => `203.0.113.${index}`);
    expect(answers.filter((status) => status === 429)).toHaveLength(5);
  });

  it('are distinguished by the address that a trusted proxy appended', async () => {
    await start('loopback');
    const spoofed = await statuses(
      MOST_REQUESTS + 5,
      (index) => `203.0.113.${index}, 198.51.100.7`,
    );
    expect(spoofed.filter((status) => status === 429)).toHaveLength(5);
    expect(await statusAt('198.51.100.8')).toBe(200);
    const network = await statuses(MOST_REQUESTS + 5, (index) => `2001:db8::${index.toString(16)}`);
    expect(network.filter((status) => status === 429)).toHaveLength(5);
  });
});

describe('requests of one client address', () => {
  const { kurs } = withKurs({
    once: true,
    sheets: [SHEET],
    settings: {
      ALLOWED_ORIGINS: 'https://shop.example',
      RATE_LIMIT_PER_MINUTE: String(MOST_REQUESTS),
      TRUST_PROXY: 'loopback',
    },
  });
  /** Each test has one of its own. */
  let addresses = 0;

  /** Status of the answer to a raw request, possibly malformed. */
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
  ] as const)('are counted when they are for %s, and rejected', async (_, send, status) => {
    const address = `203.0.113.${++addresses}`;
    for (let count = 0; count < MOST_REQUESTS; count++) expect(await send(address)).toBe(status);
    expect(await send(address)).toBe(429);
  });
});
