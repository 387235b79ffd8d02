import type { IncomingMessage } from 'node:http';
import { queryOf } from '../../http/requests/index.js';

/**
 * The first value of a parameter, whose name is read without regard to case, as ASP does; undefined if it is
 * absent. Malformed percent encoding becomes U+FFFD.
 */
export function queryValue(request: IncomingMessage, name: string): string | undefined {
  for (const [key, value] of new URLSearchParams(queryOf(request))) {
    if (key.toLowerCase() === name.toLowerCase()) return value;
  }
  return undefined;
}
