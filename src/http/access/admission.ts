import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { readFormatSuffix } from '../answers/index.js';
import { AddressTooLongError, BrokenRequestError } from '../problems/index.js';
import type { RateLimiter } from './rate-limiter.js';

/** Characters of path and query together. */
export const LONGEST_ADDRESS = 8 * 1024;

/**
 * Middleware before routing: rejects requests over the rate limit, with a malformed head or with too long an address,
 * and reads the format suffix. It is a single function, as each layer of Express costs time on every request.
 */
export function admission(limiter: RateLimiter): RequestHandler {
  return (request, response, next) => {
    const excess = limiter.refusalOf(request);
    if (excess) {
      next(excess);
      return;
    }
    const malformed = malformedHead(request);
    if (malformed) {
      // The client may delimit the following requests differently.
      response.set('Connection', 'close');
      next(malformed);
      return;
    }
    if (request.url.length > LONGEST_ADDRESS) {
      next(new AddressTooLongError(LONGEST_ADDRESS));
      return;
    }
    readFormatSuffix(request);
    next();
  };
}

/** An HTTP/1.1 request has exactly one Host (RFC 9112, 3.2), and expects only 100-continue (RFC 9110, 10.1.1). */
export function malformedHead(request: IncomingMessage): BrokenRequestError | undefined {
  const hosts = hostsNamedBy(request);
  if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) {
    return new BrokenRequestError(
      'http.broken_request',
      'A request must have exactly one Host header',
    );
  }
  const { expect } = request.headers;
  if (expect === undefined || /^100-continue$/i.test(expect)) return undefined;
  return new BrokenRequestError(
    'http.expectation_failed',
    'Unsupported expectation; supported: 100-continue',
    417,
  );
}

/** `headers` keeps only the first duplicate. Cache hits run this too, so it allocates nothing. */
function hostsNamedBy({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
