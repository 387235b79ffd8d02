import { WebSocket } from 'ws';

/** Timeout of the closing handshake, in milliseconds. */
const GRACE_MS = 1_000;

/** Closes with a code and a reason, and destroys the socket after a timeout. Resolves when it is closed. */
export async function closeSocket(client: WebSocket, code: number, reason: string): Promise<void> {
  if (client.readyState === WebSocket.CLOSED) return;
  const closed = new Promise((resolve) => client.once('close', resolve));
  const grace = setTimeout(() => client.terminate(), GRACE_MS);
  client.close(code, reason);
  await closed;
  clearTimeout(grace);
}
