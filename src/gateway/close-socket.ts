import { WebSocket } from 'ws';

/** How long a closing handshake may take before the socket is destroyed, in milliseconds. */
const GRACE_MS = 1_000;

/** Closes with a code and a reason; destroys a socket whose client does not go along. Resolves when it is closed. */
export async function closeSocket(client: WebSocket, code: number, reason: string): Promise<void> {
  if (client.readyState === WebSocket.CLOSED) return;
  const closed = new Promise((resolve) => client.once('close', resolve));
  const grace = setTimeout(() => client.terminate(), GRACE_MS);
  client.close(code, reason);
  await closed;
  clearTimeout(grace);
}
