import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site that serves one page, with a strict policy of its own. */
export class OtherSite {
  html = '';
  policy = '';
  private readonly server: Server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (this.policy !== '') response.setHeader('Content-Security-Policy', this.policy);
    response.end(`<!doctype html><html lang="ru"><title>Shop</title>${this.html}`);
  });

  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
