import type { Application, Request } from 'express';

interface RouteLayer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** Methods of the request's path, in upper case; empty if the path is unknown. */
export function allowedMethods(request: Request): string[] {
  // Express declares no types for its router's layers, but matches requests with them.
  const { stack } = (request.app as Application & { router: { stack: RouteLayer[] } }).router;
  const methods = new Set<string>();
  for (const layer of stack) {
    if (!layer.route || !layer.match(request.path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
