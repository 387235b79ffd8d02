import { createServer, type RequestListener } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Settings } from '../config/settings.js';

/** Node's own default, said aloud: request line and headers together, in bytes. */
const LARGEST_HEAD_BYTES = 16 * 1024;
/** How often Node looks for requests that have run out of their time, in milliseconds. */
const LOOK_MS = 500;

/** Express on a server that waits for nobody for ever: a request that trickles in is cut off. */
export class ServerAdapter extends ExpressAdapter {
  private listener: RequestListener = this.getInstance<RequestListener>();

  constructor(private readonly settings: Pick<Settings, 'REQUEST_TIMEOUT_SECONDS'>) {
    super();
  }

  /** Lets somebody see every request before Express does, and answer it instead. */
  putInFront(front: (express: RequestListener) => RequestListener): void {
    this.listener = front(this.listener);
  }

  override initHttpServer(): void {
    const timeout = this.settings.REQUEST_TIMEOUT_SECONDS * 1_000;
    this.httpServer = createServer(
      {
        maxHeaderSize: LARGEST_HEAD_BYTES,
        headersTimeout: timeout,
        requestTimeout: timeout,
        connectionsCheckingInterval: LOOK_MS,
      },
      (request, response) => this.listener(request, response),
    );
  }
}
