import type { IncomingMessage } from 'node:http';
import { malformedHead } from '../access/index.js';

/**
 * Public routes whose answers change with `data_version` and Moscow's day alone: the rates in force, one
 * currency, its history, the currencies, the original's lists. Not a rate by its id: whoever reads it for `If-Match`
 * must get what the database has, whichever instance wrote it.
 */
const KEPT = /^\/(?:v1\/(?:rates(?!\/\d)|currencies)|rates\/get)(?:[./?]|$)/;
/** Longer ones are hardly asked twice; in characters. */
const LONGEST_TARGET = 2_048;
const LONGEST_HEADER = 256;

/**
 * The name under which the answer to a request is kept: its exact target, and the headers that Express
 * chooses the representation by. Undefined where Express alone may answer. With `forOrigins` answers
 * differ by the page's origin (ALLOWED_ORIGINS).
 */
export function keyOf(request: IncomingMessage, forOrigins: boolean): string | undefined {
  const { method, url, headers } = request;
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return undefined;
  if (url.length > LONGEST_TARGET || !KEPT.test(url)) return undefined;
  if (malformedHead(request)) return undefined;
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
    return undefined;
  }
  const accept = headers.accept ?? '';
  const origin = forOrigins ? (headers.origin ?? '') : '';
  if (accept.length > LONGEST_HEADER || origin.length > LONGEST_HEADER) return undefined;
  // No header holds a line feed, and no target does.
  return `${url}\n${accept}\n${origin}`;
}
