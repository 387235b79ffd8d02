import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, resolve } from 'node:path';

const CLIENT = resolve('clients/js');

const PAGE = '<!doctype html><title>Rates</title><script type="module" src="/page.js"></script>';

/** What a page does with the client: it keeps what it is told where a test can look. */
const SCRIPT = `import { KursClient } from './kurs/kurs.js';
const asked = new URLSearchParams(location.search);
const options = asked.has('sse') ? { WebSocket: null } : {};
if (asked.has('patient')) {
  Math.random = () => 1;
  options.timing = { firstWaitMs: 600_000, mostWaitMs: 600_000 };
}
const kurs = new KursClient(asked.get('service'), options);
globalThis.told = [];
for (const type of ['snapshot', 'rate', 'resync', 'state', 'error']) {
  kurs.addEventListener(type, ({ detail }) => globalThis.told.push({ type, detail }));
}
kurs.addEventListener('rate', ({ detail }) => {
  if (detail.code === 'BOOM') throw new Error('a listener has thrown');
});
globalThis.kurs = kurs;
`;

/** Serves a page with a strict policy, and the client's files as they are. */
export class PageServer {
  private constructor(private readonly server: Server) {}

  /** `service` is the only other address that the page may talk to. */
  static async start(service: string): Promise<PageServer> {
    const policy = `default-src 'none'; script-src 'self'; connect-src ${service} ${service.replace('http', 'ws')}`;
    const server = createServer((request, response) => {
      response.setHeader('Content-Security-Policy', policy);
      void answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new PageServer(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(url, 'http://page');
  if (pathname === '/') response.setHeader('Content-Type', 'text/html').end(PAGE);
  else if (pathname === '/page.js') script(response).end(SCRIPT);
  else if (/^\/kurs\/[\w-]+\.js$/.test(pathname)) {
    script(response).end(await readFile(resolve(CLIENT, basename(pathname))));
  } else response.writeHead(404).end();
}

function script(response: ServerResponse): ServerResponse {
  return response.setHeader('Content-Type', 'text/javascript');
}
