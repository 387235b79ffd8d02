import type { Socket } from 'node:net';

/**
 * Resolves when the socket has closed. `once(socket, 'close')` rejects if the socket fails first, and a server that
 * closes with unread bytes sends a reset: for a client that is still writing, a reset is a normal close.
 */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) {
      resolve();
      return;
    }
    socket.on('error', () => undefined).once('close', () => resolve());
  });
}
