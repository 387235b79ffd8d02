import type { IncomingMessage } from 'node:http';
import { isDocumentPage } from '../documents/index.js';

/** Everything that no route answers, whatever its address. */
const NO_ROUTE = 'unmatched';
const DOCUMENT_FILES = '/docs/{file}';

const NOTED = new WeakMap<IncomingMessage, string>();
/** By Express's own spelling; there are as many as there are routes. */
const TEMPLATES = new Map<string, string>();

/** Says which route answers a request that does not come to Express. */
export function noteRoute(request: IncomingMessage, template: string): void {
  NOTED.set(request, template);
}

/** The template of the route that has answered, `/v1/rates/{code}`: never what the client wrote. */
export function routeOf(request: IncomingMessage, path: string): string {
  const noted = NOTED.get(request);
  if (noted !== undefined) return noted;
  const { route } = request as { route?: { path?: unknown } };
  if (typeof route?.path === 'string') return templateOf(route.path);
  return isDocumentPage(path) ? DOCUMENT_FILES : NO_ROUTE;
}

function templateOf(path: string): string {
  const known = TEMPLATES.get(path);
  if (known !== undefined) return known;
  const template = path.replace(/:(\w+)/g, '{$1}');
  TEMPLATES.set(path, template);
  return template;
}
