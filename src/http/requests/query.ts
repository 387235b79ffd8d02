import type { IncomingMessage } from 'node:http';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { MalformedRequestError } from '../problems/index.js';

/** Empty ones count: `&&&`. */
const MOST_PARAMETERS = 1_000;

/** Text after the first `?` of the target. It is ASCII, as Node's HTTP parser rejects other bytes. */
export function queryOf({ url = '' }: IncomingMessage): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at + 1);
}

const PARAMETERS = Symbol('parameters');

/** Parameters of a request, parsed once. @throws what readQuery throws */
export function parametersOf(
  request: IncomingMessage & { [PARAMETERS]?: Record<string, string> },
): Record<string, string> {
  return (request[PARAMETERS] ??= readQuery(queryOf(request)));
}

/**
 * Parses a query (`application/x-www-form-urlencoded`) completely, or rejects it. Node's own parser silently stops
 * after 1,000 parameters, and silently replaces bytes that are not UTF-8 by U+FFFD.
 *
 * @throws MalformedRequestError, InvalidRequestError
 */
export function readQuery(query: string): Record<string, string> {
  const read = Object.create(null) as Record<string, string>;
  const parts = query.split('&', MOST_PARAMETERS + 1);
  if (parts.length > MOST_PARAMETERS) {
    const message = `A query has at most ${MOST_PARAMETERS} parameters, empty ones included`;
    throw InvalidRequestError.of('query', message);
  }
  for (const part of parts) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decoded(at === -1 ? part : part.slice(0, at));
    if (name in read) throw InvalidRequestError.of(name, `${name} is repeated`);
    read[name] = at === -1 ? '' : decoded(part.slice(at + 1));
  }
  return read;
}

function decoded(text: string): string {
  // Most parameters are codes and dates, which are sent as they are.
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    const reason = 'The query must be UTF-8, percent-encoded; "%25" stands for a percent sign';
    throw new MalformedRequestError(reason);
  }
}
