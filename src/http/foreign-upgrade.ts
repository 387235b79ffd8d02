import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Whether the client wants a WebSocket; others, such as Java's, offer HTTP/2 (`h2c`) and take HTTP/1.1. */
export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Answers a request as if it had not offered an upgrade, which a server may ignore (RFC 9110, section
 * 7.8): Node takes such a request out of HTTP as soon as anybody listens for upgrades. One with a body
 * is out of reach by then, and false is returned.
 */
export function answerWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
): boolean {
  const { headers } = request;
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) {
    return false;
  }
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // What the server hands out is always a socket of the network.
  response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
  response.once('finish', () => socket.end());
  server.emit('request', request, response);
  return true;
}
