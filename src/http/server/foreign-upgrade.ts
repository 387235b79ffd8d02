import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Of names and values together. Of more than that Node hands out a part, and the body's length may not be in it. */
const MOST_RAW_HEADERS = 2_000;

/** Whether the client wants a WebSocket; others, such as Java's, offer HTTP/2 (`h2c`) and take HTTP/1.1. */
export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Whether a body follows the head (RFC 9112, section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || Number(length) !== 0;
}

/** From here on Node parses the body of a request that offers an upgrade, and `head` is what follows it. */
const NODE_PARSES_BODIES = 26;

/**
 * Which offers of an upgrade Node emits as such; undefined for its default, all of them. One with a body that
 * Node has parsed cannot be read again, and is left to it. Node then drops what follows in the same packet,
 * and answers no request there: a client does not know yet which protocol that will be in.
 */
export function upgradeCallback(): ((request: IncomingMessage) => boolean) | undefined {
  if (Number.parseInt(process.versions.node, 10) < NODE_PARSES_BODIES) return undefined;
  return (request) => isWebSocketUpgrade(request) || !hasBody(request);
}

/**
 * Has a request read once more as if it had not offered an upgrade, which a server may ignore (RFC 9110,
 * section 7.8): Node takes such a request, and its connection, out of HTTP as soon as anybody listens for
 * upgrades. It gets back what has come of its body, and the connection what keeps it: pauses, limits of time.
 *
 * @returns false if the request cannot be written down again
 */
export function readWithoutUpgrade(
  server: Server,
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
): boolean {
  const { method, url, httpVersion, rawHeaders } = request;
  if (rawHeaders.length >= MOST_RAW_HEADERS) return false;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value] = rawHeaders.slice(at, at + 2);
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
  return true;
}
