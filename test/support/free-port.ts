import { createServer } from 'node:net';

/** Below the ephemeral port range, so that no other process gets the port by chance. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

/** Returns a free port, for a server that keeps its port across restarts. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
