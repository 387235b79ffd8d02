import { IncomingMessage, ServerResponse } from 'node:http';
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

/**
 * Classes of requests and responses for Node's server that have the prototypes of the Express application from the
 * start. Otherwise Express changes the prototype of each, and V8 then gives every one hidden classes of its own:
 * half the cost of a short answer, Node's part included.
 *
 * @param app what `HttpAdapter.getInstance()` returns
 */
export function messageClasses(app: unknown): {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
} {
  const prototypes = app as { request: object; response: object };
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<Read extends IncomingMessage> extends ServerResponse<Read> {}
  Object.setPrototypeOf(ExpressRequest.prototype, prototypes.request);
  Object.setPrototypeOf(ExpressResponse.prototype, prototypes.response);
  prototypes.request = ExpressRequest.prototype;
  prototypes.response = ExpressResponse.prototype;
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}
