import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';

/** Longest request: the bank's operations take a few hundred bytes. In Express's notation. */
const LONGEST_BODY = '16kb';

/**
 * Options of the body parser for requests of this service, whatever their type says: clients send several. A
 * compressed body would be longer than it looks.
 *
 * @param isOurs whether a path belongs to the service
 */
export const soapBodies = (isOurs: (path: string) => boolean) => ({
  // Not the target: that may be an absolute address.
  type: (request: IncomingMessage) =>
    request.method === 'POST' && isOurs((request as Request).path),
  limit: LONGEST_BODY,
  inflate: false,
});
