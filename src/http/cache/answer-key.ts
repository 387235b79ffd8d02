import type { IncomingMessage } from 'node:http';
import { malformedHead } from '../access/index.js';

/** Longer ones are hardly asked twice; in characters. */
const LONGEST_TARGET = 2_048;
const LONGEST_HEADER = 256;

/**
 * The key of the answer to a request: its exact target, and the headers that the representation depends on.
 * Undefined where Express must answer. With `forOrigins` answers differ by the page's origin (ALLOWED_ORIGINS).
 */
export function keyOf(
  request: IncomingMessage & { originalUrl?: string },
  forOrigins: boolean,
): string | undefined {
  const { method, headers } = request;
  // Once Express has the request, its `url` has no format suffix.
  const url = request.originalUrl ?? request.url;
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return undefined;
  if (url.length > LONGEST_TARGET || malformedHead(request)) return undefined;
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
    return undefined;
  }
  // Some documents name the host that they were asked from.
  const { accept = '', host = '' } = headers;
  const origin = forOrigins ? (headers.origin ?? '') : '';
  if ([accept, host, origin].some(({ length }) => length > LONGEST_HEADER)) return undefined;
  // No header contains a line feed, and no target does.
  return `${url}\n${host}\n${accept}\n${origin}`;
}
