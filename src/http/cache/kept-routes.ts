/**
 * Public routes whose answers change with `data_version` and Moscow's day alone: the rates in force, one
 * currency, its history, the currencies, the original's lists.
 */
const KEPT = /^\/(?:v1\/(?:rates|currencies)|rates\/get)(?:[./?]|$)/;
/** Longer ones are hardly asked twice; in characters. */
const LONGEST_TARGET = 2_048;
const LONGEST_HEADER = 256;

/** What an answer depends on besides what is stored, as far as the request says it. */
interface Asked {
  method?: string | undefined;
  url?: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * The name under which the answer to a request is kept: its exact target, and the headers that Express
 * chooses the representation by. Undefined where Express alone may answer. With `forOrigins` answers
 * differ by the page's origin (ALLOWED_ORIGINS).
 */
export function keyOf({ method, url, headers }: Asked, forOrigins: boolean): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return undefined;
  if (url.length > LONGEST_TARGET || !KEPT.test(url)) return undefined;
  // Express says what is wrong with such a head.
  if (headers.host === undefined || headers.expect !== undefined) return undefined;
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
    return undefined;
  }
  const accept = headers.accept ?? '';
  const origin = forOrigins ? (headers.origin ?? '') : '';
  if (accept.length > LONGEST_HEADER || origin.length > LONGEST_HEADER) return undefined;
  // No header holds a line feed, and no target does.
  return `${url}\n${String(accept)}\n${String(origin)}`;
}
