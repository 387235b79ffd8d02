import type { ServerResponse } from 'node:http';

/** Adds `Accept-Encoding` to `Vary`. */
export function varyByEncoding(response: ServerResponse): void {
  const vary = response.getHeader('Vary');
  response.setHeader(
    'Vary',
    vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`,
  );
}
