import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { BrokenRequestError } from './http.errors.js';

/**
 * Refuses requests whose head is unfit with a problem document; Node by itself says nothing about why. Whoever
 * sends such a thing may mean something else by what follows: its connection is closed.
 */
export function refuseUnfitHead(request: Request, response: Response, next: NextFunction): void {
  const failure = unfitnessOf(request);
  if (failure) response.set('Connection', 'close');
  next(failure);
}

/** A request of HTTP/1.1 names one host (RFC 9112, 3.2), and expects nothing that nobody gives (RFC 9110, 10.1.1). */
export function unfitnessOf(request: IncomingMessage): BrokenRequestError | undefined {
  const hosts = hostsNamedBy(request);
  if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) {
    return new BrokenRequestError('http.broken_request', 'A request must name one Host');
  }
  const { expect } = request.headers;
  if (expect === undefined || /^100-continue$/i.test(expect)) return undefined;
  return new BrokenRequestError(
    'http.expectation_failed',
    'Nothing but 100-continue can be expected here',
  );
}

/** Of two, `headers` has the first alone; this is asked for ready answers as well, and makes nothing. */
function hostsNamedBy({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
