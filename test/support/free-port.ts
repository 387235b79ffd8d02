import { createServer } from 'node:net';

/** Below the range from which systems take the port for 0 and for outgoing connections: nobody gets it by chance. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

/** A port that nothing listens on, for a server that keeps its port when it is started again. */
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
