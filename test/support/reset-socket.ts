import type { Socket } from 'node:net';

/**
 * Resets a connection. A connection that is still ending cannot be reset (uv_tcp_close_reset: EINVAL), and Node 20
 * then never closes its handle, so it is closed instead.
 */
export function resetSocket(socket: Socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished;
  if (isEnding) socket.destroy();
  else socket.resetAndDestroy();
}
