import type { Request } from 'express';
import { isBehindTls } from '../access/index.js';

/** Name or address with an optional port. URLs of other forms are parsed too, with a user or a path in them. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Address of the service, as its client uses it, without a slash at the end. */
export function addressAsked({ headers, socket }: Pick<Request, 'headers' | 'socket'>): string {
  const { host = '' } = headers;
  const address = `${isBehindTls(headers) ? 'https' : 'http'}://${host}`;
  return HOST.test(host) && URL.canParse(address)
    ? address
    : `http://localhost:${socket.localPort}`;
}
