import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What Swagger UI needs, from this origin only. */
const DOCUMENTS = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Swagger UI sets inline styles.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
/** For everything else; the page sets its own policy (dashboard/page-policy.ts). */
const NO_PAGE = {
  'default-src': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Security headers for browsers. TLS, and with it HSTS, belong to the proxy. */
export function safePages(isDocument: (path: string) => boolean): RequestHandler {
  const forDocuments = headersOf(DOCUMENTS);
  const forOthers = headersOf(NO_PAGE);
  return (request, response, next) => {
    const headers = isDocument(request.path) ? forDocuments : forOthers;
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

/** Collects helmet's headers once: none depends on the request, and helmet runs twelve middlewares. */
function headersOf(directives: Record<string, string[]>): readonly (readonly [string, string])[] {
  const setHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    // Pages of ALLOWED_ORIGINS may read; CORS enforces it.
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
