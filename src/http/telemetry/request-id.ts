import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The header by which a request is named, on its way in and out. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

/** Uuids, ULIDs, traces and whatever proxies make of them; nothing that could break a line, a header or a JSON text. */
const SANE = /^[A-Za-z0-9._:@=+/-]{1,64}$/;
/** Kept at the request itself: a map beside it costs a ready answer a twentieth of its time. */
const ID = Symbol('request id');

type Named = IncomingMessage & { [ID]?: string };

/** The name of a request: what its client or proxy called it, where that is sane, else a uuid. */
export function requestIdOf(request: Named): string {
  const known = request[ID];
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && SANE.test(given) ? given : newRequestId();
  request[ID] = id;
  return id;
}

/** For what could not be read as a request. */
export function newRequestId(): string {
  return randomUUID();
}
