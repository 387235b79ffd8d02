import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encode1251 } from '../support/sheet-builder.js';
import { type BadAnswer, type Handler, NEXT } from './bad-answer.js';

const BYTES = encode1251(NEXT);
const ZEROS = Buffer.alloc(32 * 1024 * 1024, ' ');
/** Unpacks to 1 GiB; gzip may consist of several members. */
export const gzipBomb = (): Buffer => Buffer.concat(Array<Buffer>(32).fill(gzipSync(ZEROS)));

const status = (code: number, headers: Record<string, string> = {}, codeName = 'http_status') => ({
  name: `status ${code}${Object.entries(headers)
    .flat()
    .join(' ')
    .replace(/^(?=.)/, ', ')}`,
  code: codeName,
  answer: (_: unknown, response: ServerResponse) =>
    void response.writeHead(code, headers).end(BYTES),
});

/** Bypasses Node's HTTP: sends exactly these bytes. */
const raw = (head: string, body: Buffer | string = '', end: 'end' | 'destroy' = 'end'): Handler => {
  return ({ socket }, response) => {
    response.detachSocket(socket);
    socket.write(head.replaceAll('\n', '\r\n'));
    socket.write(body, () => (end === 'end' ? socket.end() : socket.resetAndDestroy()));
  };
};
const OK = 'HTTP/1.1 200 OK\n';
const packed = (encoding: string, body: Buffer): Handler => {
  return (_, response) => void response.writeHead(200, { 'Content-Encoding': encoding }).end(body);
};
/** Sends one piece at a time until the connection ends. */
const drip = (pieces: (index: number) => Buffer | string, pauseMs: number): Handler => {
  return ({ socket }, response) => {
    response.detachSocket(socket);
    let index = 0;
    const next = () => socket.write(pieces(index++));
    next();
    const timer = setInterval(next, pauseMs);
    socket.on('close', () => clearInterval(timer));
  };
};

/** Answers that are bad at the level of TCP or HTTP. */
export const BAD_CONNECTIONS: BadAnswer[] = [
  ...[204, 206, 304, 400, 401, 403, 404, 410, 429, 500, 502, 503, 504].map((code) => status(code)),
  status(429, { 'Retry-After': '1200' }, 'retry_later'),
  status(503, { 'Retry-After': '31536000' }, 'retry_later'),
  status(503, { 'Retry-After': 'when it suits us' }),
  status(301),
  status(302, { Location: 'http://[' }),

  {
    name: 'a connection reset before an answer',
    code: 'unreachable',
    answer: raw('', '', 'destroy'),
  },
  { name: 'a connection closed before an answer', code: 'unreachable', answer: raw('') },
  {
    name: 'a connection reset after the status',
    code: 'unreachable',
    answer: raw(OK, '', 'destroy'),
  },
  {
    name: 'a connection closed within the headers',
    code: 'unreachable',
    answer: raw(`${OK}Content-Ty`),
  },
  {
    name: 'a connection reset within the body',
    code: 'truncated',
    answer: raw(`${OK}Content-Length: ${BYTES.length}\n\n`, BYTES.subarray(0, 500), 'destroy'),
  },
  {
    name: 'a connection closed within the body',
    code: 'truncated',
    answer: raw(`${OK}Content-Length: ${BYTES.length}\n\n`, BYTES.subarray(0, 500)),
  },
  {
    name: 'a connection closed within a body without Content-Length',
    code: 'truncated',
    answer: raw(`${OK}Connection: close\n\n`, BYTES.subarray(0, 500)),
  },
  {
    name: 'a connection closed after the headers',
    code: 'empty',
    answer: raw(`${OK}Connection: close\n\n`),
  },
  {
    name: 'a Content-Length that is too long',
    code: 'truncated',
    answer: raw(`${OK}Content-Length: ${BYTES.length + 1}\n\n`, BYTES),
  },
  {
    name: 'a Content-Length that is too short',
    code: 'truncated',
    answer: raw(`${OK}Content-Length: ${BYTES.length - 1}\nConnection: close\n\n`, BYTES),
  },
  {
    name: 'a Content-Length that is not a number',
    code: 'unreachable',
    answer: raw(`${OK}Content-Length: much\n\n`, BYTES),
  },
  {
    name: 'an unfinished chunk',
    code: 'truncated',
    answer: raw(`${OK}Transfer-Encoding: chunked\n\nfff\n`, BYTES.subarray(0, 500)),
  },
  {
    name: 'a chunk without a valid length',
    code: 'truncated',
    answer: raw(`${OK}Transfer-Encoding: chunked\n\nx\n`, BYTES),
  },
  { name: 'another protocol', code: 'unreachable', answer: raw('SSH-2.0-OpenSSH_9.6\n') },
  {
    name: 'endless headers',
    code: 'unreachable',
    answer: raw(`${OK}${`X-Header: ${'x'.repeat(100)}\n`.repeat(1_000)}\n`, BYTES),
  },

  { name: 'a gzip bomb', code: 'too_large', answer: packed('gzip', gzipBomb()) },
  {
    name: 'a brotli bomb',
    code: 'too_large',
    answer: packed(
      'br',
      brotliCompressSync(ZEROS, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    ),
  },
  { name: 'plain text labelled as gzip', code: 'malformed', answer: packed('gzip', BYTES) },
  {
    name: 'truncated gzip',
    code: 'truncated',
    answer: packed('gzip', gzipSync(BYTES).subarray(0, 300)),
  },
  {
    name: 'an unknown content encoding',
    code: 'encoding',
    answer: packed('zoo', gzipSync(BYTES)),
  },
  {
    name: 'an endless body',
    code: 'too_large',
    answer: (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(ZEROS.subarray(0, 65_536)));
      };
      response.on('drain', more);
      more();
    },
  },
];

/** Answers slower than the deadline, which their test shortens. */
export const SLOW_ANSWERS: BadAnswer[] = [
  { name: 'no answer', code: 'timeout', answer: () => undefined },
  {
    name: 'headers sent byte by byte',
    code: 'timeout',
    answer: drip((index) => OK.charAt(index) || 'x', 20),
  },
  {
    name: 'a body sent byte by byte',
    code: 'timeout',
    answer: drip(
      (index) => (index === 0 ? `${OK}Content-Length: 9999\n\n`.replaceAll('\n', '\r\n') : ' '),
      20,
    ),
  },
  {
    name: 'nothing after the headers',
    code: 'timeout',
    answer: (_, response) => response.writeHead(200).flushHeaders(),
  },
];
