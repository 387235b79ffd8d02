import type { IncomingMessage } from 'node:http';
import { malformedHead } from '../access/index.js';

/**
 * Public routes whose answers change only with `data_version` and the day in Moscow: rates in force, one currency,
 * its history, currencies, and the lists under `/rates`. Not a rate by id: a client that reads it for `If-Match`
 * needs the database's version, whichever instance wrote it.
 */
const KEPT = /^\/(?:v1\/(?:rates(?!\/\d)|currencies)|rates\/get)(?:[./?]|$)/;
/** Longer ones are rarely repeated; in characters. */
const LONGEST_TARGET = 2_048;
const LONGEST_HEADER = 256;

/**
 * Cache key of a request: its exact target, and the headers by which Express selects the representation. undefined if
 * only Express may respond. With `forOrigins`, answers depend on the page's origin (ALLOWED_ORIGINS).
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
  // Neither headers nor targets contain line feeds.
  return `${url}\n${accept}\n${origin}`;
}
