import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Counts names and values. Node truncates longer lists, and may drop the body's length. */
const MOST_RAW_HEADERS = 2_000;

/** Whether the client requests a WebSocket. Others, such as Java's, offer HTTP/2 (`h2c`) but accept HTTP/1.1. */
export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Whether a body follows the head (RFC 9112, section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || Number(length) !== 0;
}

/** From this version on Node parses the body of an upgrade request, and `head` is what follows it. */
const NODE_PARSES_BODIES = 26;

/**
 * Selects the upgrade requests that Node emits as such; undefined for its default, all of them. A request whose body
 * Node has parsed cannot be read again, so Node handles it. Node then drops what follows in the same packet: the
 * client cannot know yet which protocol to use there.
 */
export function upgradeCallback(): ((request: IncomingMessage) => boolean) | undefined {
  if (Number.parseInt(process.versions.node, 10) < NODE_PARSES_BODIES) return undefined;
  return (request) => isWebSocketUpgrade(request) || !hasBody(request);
}

/**
 * Has a request read again without its upgrade header, which a server may ignore (RFC 9110, section 7.8): Node
 * removes such a request, and its connection, from HTTP as soon as there is a listener for upgrades. The request gets
 * back the received part of its body, and the connection its limits: pauses and timeouts.
 *
 * @returns false if the request cannot be reconstructed
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
