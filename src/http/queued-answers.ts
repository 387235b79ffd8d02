import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Of a connection, the answers that wait until those before them are sent. */
const QUEUES = new WeakMap<Socket, Set<ServerResponse>>();

/**
 * Has an answer close when its connection does. Of requests that a client sends without waiting, Node tells the
 * one answer that is being sent; the others would keep for ever what is given back at their close.
 */
export function closeWith(socket: Socket, response: ServerResponse): void {
  const isBeingSent = response.socket !== null;
  if (isBeingSent) return;
  const queue = QUEUES.get(socket) ?? queueOf(socket);
  queue.add(response);
  response.once('socket', () => queue.delete(response));
}

function queueOf(socket: Socket): Set<ServerResponse> {
  const queue = new Set<ServerResponse>();
  QUEUES.set(socket, queue);
  socket.once('close', () => {
    for (const response of queue) {
      response.destroy();
      response.emit('close');
    }
  });
  return queue;
}
