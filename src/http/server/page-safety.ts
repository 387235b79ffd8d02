import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What Swagger UI needs, from this service alone. */
const DOCUMENTS = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Swagger UI writes styles into its elements.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
/** What the page on `/` needs (dashboard/): its own files, and this service. */
const DASHBOARD = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  // No text becomes markup or a script, ours included.
  'require-trusted-types-for': ["'script'"],
};
/** Express takes many slashes for one. */
const DASHBOARD_PATH = /^\/+$/;
const NO_PAGE = {
  'default-src': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The headers that keep browsers from doing more than is meant; TLS, and HSTS with it, are the proxy's. */
export function safePages(isDocument: (path: string) => boolean): RequestHandler {
  const [forDashboard, forDocuments] = [headersOf(DASHBOARD), headersOf(DOCUMENTS)];
  const forOthers = headersOf(NO_PAGE);
  const headersFor = (path: string) => {
    if (DASHBOARD_PATH.test(path)) return forDashboard;
    return isDocument(path) ? forDocuments : forOthers;
  };
  return (request, response, next) => {
    for (const [name, value] of headersFor(request.path)) response.setHeader(name, value);
    next();
  };
}

/** What helmet sets, collected once: none of it depends on the request, and helmet has twelve layers. */
function headersOf(directives: Record<string, string[]>): readonly (readonly [string, string])[] {
  const setHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    // Pages of ALLOWED_ORIGINS may read: CORS decides which.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    xFrameOptions: { action: 'deny' },
  });
  const headers = new Map<string, string>();
  const collector = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  setHeaders({} as IncomingMessage, collector as unknown as ServerResponse, (failure) => {
    if (failure !== undefined) throw failure as Error;
  });
  return [...headers];
}
