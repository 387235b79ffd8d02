import type { IncomingMessage } from 'node:http';
import { isDocumentPage } from '../documents/index.js';

/** Label of all requests that match no route. */
const NO_ROUTE = 'unmatched';
const DOCUMENT_FILES = '/docs/{file}';

const NOTED = new WeakMap<IncomingMessage, string>();
/** Keyed by Express's path; as many entries as routes. */
const TEMPLATES = new Map<string, string>();

/** Sets the route of a request that bypasses Express. */
export function noteRoute(request: IncomingMessage, template: string): void {
  NOTED.set(request, template);
}

/** Template of the route that responded, `/v1/rates/{code}`; never text from the client. */
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
