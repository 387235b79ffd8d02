import type { Request } from 'express';
import { isBehindTls } from '../access/index.js';

/** Address of the service, as its client uses it, without a slash at the end. */
export function addressAsked({ headers, socket }: Request): string {
  const address = `${isBehindTls(headers) ? 'https' : 'http'}://${headers.host ?? ''}`;
  return URL.canParse(address) ? address : `http://localhost:${socket.localPort}`;
}
