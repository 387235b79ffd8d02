import type { IncomingMessage } from 'node:http';
import type { Application, Request } from 'express';

/** What Kurs uses of Express beyond its documented interface; written against Express 5.3. */
interface RouteLayer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** The methods that the request's path answers, in upper case; none if the path is unknown. */
export function allowedMethods(request: Request): string[] {
  // Express types its router's layers nowhere, but matches with them itself.
  const { stack } = (request.app as Application & { router: { stack: RouteLayer[] } }).router;
  const methods = new Set<string>();
  for (const layer of stack) {
    if (!layer.route || !layer.match(request.path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/**
 * Replaces two getters of Express's requests: `fresh`, because ConditionalGet compares ETags, and `query`, which
 * Express would parse again on every access.
 *
 * @param app what `HttpAdapter.getInstance()` returns
 */
export function replaceRequestGetters(
  app: unknown,
  queryOf: (request: IncomingMessage) => Record<string, string>,
): void {
  const { request } = app as { request: object };
  Object.defineProperties(request, {
    fresh: { value: false },
    query: {
      get(this: IncomingMessage) {
        return queryOf(this);
      },
    },
  });
}
