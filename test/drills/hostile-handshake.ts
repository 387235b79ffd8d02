import type { Random } from '../support/random.js';

const PATHS = ['/ws/rates', '/ws/rates', '/ws/rates', '/ws', '/', '//', '/v1/stream', '/rates/get'];
const QUERIES = [
  ...['', '', '?codes=USD', '?since=1', '?snapshot=1', '?since=', '?since=-1', '?since=1e9'],
  ...['?since=99999999999999999999', '?codes=', '?codes=%00', '?codes=%ff%fe', '?__proto__=1'],
  ...['?constructor[x]=1', '?codes[]=USD', '?codes=USD&codes=EUR', '?since=%', '?a=b', '?&&&='],
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'G\u0001T', ''];
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP', ''];
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

/** A request that may be a handshake, nearly one, or nothing of the kind; whole, cut short, or with more behind it. */
export function hostileHandshake(random: Random): Buffer {
  const query = random.of([...QUERIES, `?codes=${'A'.repeat(random.whole(1, 20_000))}`]);
  const address = `${random.of(PATHS)}${query}`;
  const lines = [
    `${random.of(METHODS)} ${address} ${random.of(VERSIONS)}`,
    'Host: 127.0.0.1',
    ...some(random, [
      random.of(['Connection: Upgrade', 'Connection: keep-alive, upgrade', 'Connection: close']),
      random.of(['Upgrade: websocket', 'Upgrade: WebSocket', 'Upgrade: h2c', 'Upgrade: ,']),
      random.of([
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Version: x',
      ]),
      random.of([KEY, KEY, 'Sec-WebSocket-Key: short', `${KEY}\r\n${KEY}`]),
    ]),
    ...rarely(random, [
      'Sec-WebSocket-Protocol: a,,b',
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99',
      'Origin: null',
      'Origin: https://evil.example',
      'Last-Event-ID: x:y',
      'Content-Length: 5',
      'Transfer-Encoding: chunked',
      `X-Long: ${'x'.repeat(random.whole(1, 20_000))}`,
      'No colon here',
    ]),
  ];
  const text = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const form = random.next();
  if (form < 0.1) return text.subarray(0, random.whole(1, text.length));
  if (form < 0.2) return Buffer.concat([text, random.bytes(random.whole(1, 200))]);
  return form < 0.25 ? random.bytes(random.whole(1, 500)) : text;
}

/** Nearly all of them. */
function some<T>(random: Random, all: T[]): T[] {
  return all.filter(() => random.next() < 0.93);
}

function rarely<T>(random: Random, all: T[]): T[] {
  return all.filter(() => random.next() < 0.03);
}
