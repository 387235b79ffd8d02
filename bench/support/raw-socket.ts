import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** The TCP socket under a WebSocket, which `ws` does not declare. */
export function rawSocket(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}
