import type { Random } from '../support/random.js';

const LINE = '\r\n';
/** Shapes by which requests are smuggled, or that no server should fall over. */
const SHAPES = [
  'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  'POST /tasks/run HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /tasks/run HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
  'POST /tasks/run HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  'POST /rates/create HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nx\r\n0\r\n\r\n',
  'POST /rates/create HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx',
  'POST /rates/create HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /rates/create HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx',
  'POST /rates/create HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
  'POST /rates/create HTTP/1.1\r\nHost: a\r\nExpect: the-impossible\r\nContent-Length: 2\r\n\r\n{}',
  'GET /v1/status HTTP/1.1\r\nHost: a\r\n folded: yes\r\n\r\n',
  'GET /v1/status HTTP/1.1\r\nHost : a\r\n\r\n',
  'GET /v1/status HTTP/1.1\nHost: a\n\n',
  'GET /v1/status HTTP/1.1\rHost: a\r\r',
  'GET /v1/status HTTP/1.1\r\n\r\n',
  'GET /v1/status HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'GET http://evil.example/v1/status HTTP/1.1\r\nHost: a\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /v1/status\r\n',
  'GET /v1/status HTTP/0.9\r\n\r\n',
  'GET /v1/status HTTP/1.0\r\n\r\n',
  'GET /v1/status HTTP/9.9\r\nHost: a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0',
  'GET /v1/status HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n',
  'GET /v1/status HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n',
  'GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /v1/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET //evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /docs/../package.json HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /docs/%2e%2e/package.json HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET \u00ff\u00fe HTTP/1.1\r\nHost: a\r\n\r\n',
  '\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003',
  '\r\n\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n',
];

/** Bytes that are a request, nearly one, several, a part of one, or nothing of the kind. */
export function hostileHttp(random: Random): Buffer {
  const shape = random.of([
    ...SHAPES,
    `GET /v1/status HTTP/1.1\r\nHost: a\r\n${many(random.whole(1, 3_000), (at) => `X-${at}: y`)}\r\n\r\n`,
    `GET /${'a'.repeat(random.whole(1, 20_000))} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `${'A'.repeat(random.whole(1, 200))} / HTTP/1.1\r\nHost: a\r\n\r\n`,
    many(random.whole(2, 40), () => 'GET /health/live HTTP/1.1\r\nHost: a\r\n', '\r\n'),
  ]);
  const bytes = Buffer.from(shape, 'latin1');
  const form = random.next();
  if (form < 0.15) return bytes.subarray(0, random.whole(1, bytes.length));
  if (form < 0.25) return Buffer.concat([bytes, bytes, random.bytes(random.whole(1, 50))]);
  if (form < 0.35) return Buffer.concat([bytes, Buffer.from(random.of(SHAPES), 'latin1')]);
  if (form < 0.45) {
    const spoilt = Buffer.from(bytes);
    spoilt[random.whole(0, spoilt.length - 1)] = random.whole(0, 255);
    return spoilt;
  }
  return bytes;
}

function many(count: number, line: (index: number) => string, between = LINE): string {
  return Array.from({ length: count }, (_, index) => line(index)).join(between);
}
