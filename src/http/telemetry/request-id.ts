import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Header with the request id, in requests and responses. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

/**
 * UUIDs, ULIDs, trace ids and what proxies make of them; nothing that could break a log line, a header or a JSON
 * text.
 */
const SANE = /^[A-Za-z0-9._:@=+/-]{1,64}$/;
/** Stored on the request: a WeakMap costs a cache hit a twentieth of its time. */
const ID = Symbol('request id');

type Named = IncomingMessage & { [ID]?: string };

/** Id of a request: the one from the client or proxy if it is valid, otherwise a new uuid. */
export function requestIdOf(request: Named): string {
  const known = request[ID];
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && SANE.test(given) ? given : newRequestId();
  request[ID] = id;
  return id;
}

/** For malformed requests. */
export function newRequestId(): string {
  return randomUUID();
}
