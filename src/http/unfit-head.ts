import type { NextFunction, Request, Response } from 'express';
import { BrokenRequestError } from './http.errors.js';

/**
 * Refuses a request of HTTP/1.1 that does not name one host (RFC 9112, 3.2), and one that expects what nobody
 * gives (RFC 9110, 10.1.1). Whoever sends such a thing may mean something else by what follows: its connection
 * is closed. Node by itself says nothing about why.
 */
export function refuseUnfitHead(request: Request, response: Response, next: NextFunction): void {
  const failure = failureOf(request);
  if (failure) response.set('Connection', 'close');
  next(failure);
}

function failureOf({ headers, headersDistinct, httpVersion }: Request): Error | undefined {
  const hosts = headersDistinct.host?.length ?? 0;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) {
    return new BrokenRequestError('http.broken_request', 'A request must name one Host');
  }
  if (headers.expect === undefined || /^100-continue$/i.test(headers.expect)) return undefined;
  return new BrokenRequestError(
    'http.expectation_failed',
    'Nothing but 100-continue can be expected here',
  );
}
