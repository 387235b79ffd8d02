import { connect } from 'node:net';
import { closed } from '../support/closed.js';
import type { ProblemBody } from '../support/json.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const POST = 'POST /rates/create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

describe('the limits of HTTP', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD])],
    settings: { REQUEST_TIMEOUT_SECONDS: '1' },
    once: true,
  });

  const port = () => Number(new URL(kurs.url).port);
  /** Answer of the service to raw bytes, until it closes the connection. */
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

  it('allow a body of 16 KiB, and no more', async () => {
    const body = (length: number) => {
      const rate = { code: 'TST', name: 'Т', value: '1.5' };
      return JSON.stringify(rate) + ' '.repeat(length - JSON.stringify(rate).length - 1);
    };
    expect((await post(body(16 * 1024))).status).toBe(201);
    const refused = await post(body(16 * 1024 + 2));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'http.body_too_large' });
  });

  it('allow an address of 8 KiB, and no more, whatever the headers', async () => {
    const path = (length: number) => `/nowhere?${'a'.repeat(length - '/nowhere?'.length)}`;
    expect((await fetch(kurs.url + path(8 * 1024))).status).toBe(404);
    expect((await fetch(kurs.url + path(8 * 1024 + 1))).status).toBe(414);
    const { head, problem } = await answerTo(`GET ${path(20_000)} HTTP/1.1\r\nHost: kurs\r\n\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 414 /);
    expect(problem).toMatchObject({ status: 414, code: 'http.uri_too_long' });
  });

  it('allow headers of 16 KiB, and no more', async () => {
    const { head, problem } = await answerTo(
      `GET / HTTP/1.1\r\nHost: kurs\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`,
    );
    expect(head).toMatch(/^HTTP\/1\.1 431 /);
    expect(head).toMatch(/Cache-Control: no-store/);
    expect(problem).toMatchObject({ status: 431, code: 'http.headers_too_large' });
  });

  it('reject bytes that are not HTTP', async () => {
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
  ] as const)('reject a head with %s, and close', async (_, request, status, code) => {
    // The same request with a valid head is cached.
    const { head: good } = await answerTo(`${KEPT}Host: kurs\r\nConnection: close\r\n\r\n`);
    expect(good).toMatch(/^HTTP\/1\.1 200 /);
    const { head, problem } = await answerTo(request);
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\r\nConnection: close`));
    expect(problem).toMatchObject({ status, code });
  });

  it('allow HTTP/1.0, which has no Host', async () => {
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

  it('handle the requests of a connection one after the other, in order', async () => {
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

  it('restrict answers by Content-Security-Policy: nothing is allowed, except for the pages of the documents', async () => {
    const policy = async (path: string) => {
      const response = await fetch(kurs.url + path);
      // A connection with an unread body keeps the test process alive.
      await response.arrayBuffer();
      return response.headers.get('content-security-policy');
    };
    expect(await policy('/v1/rates')).toBe("default-src 'none';frame-ancestors 'none'");
    // Every spelling that Express accepts for the page has its policy.
    for (const page of ['/docs', '/DOCS', '/Docs/', '/DOCS/swagger-ui.css', '/', '/USD']) {
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
