import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The header by which a request is named, on its way in and out. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

/** Uuids, ULIDs, traces and whatever proxies make of them; nothing that could break a line, a header or a JSON text. */
const SANE = /^[A-Za-z0-9._:@=+/-]{1,64}$/;
const IDS = new WeakMap<IncomingMessage, string>();

/** The name of a request: what its client or proxy called it, where that is sane, else a uuid. */
export function requestIdOf(request: IncomingMessage): string {
  const known = IDS.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && SANE.test(given) ? given : newRequestId();
  IDS.set(request, id);
  return id;
}

/** For what could not be read as a request. */
export function newRequestId(): string {
  return randomUUID();
}
