import type { Application, Request } from 'express';

interface RouteLayer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** The methods that the request's path does answer, upper-case; none when the path is unknown. */
export function allowedMethods(request: Request): string[] {
  // Express types its router's layers nowhere, but they are what it matches with itself.
  const { stack } = (request.app as Application & { router: { stack: RouteLayer[] } }).router;
  const methods = new Set<string>();
  for (const layer of stack) {
    if (!layer.route || !layer.match(request.path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
