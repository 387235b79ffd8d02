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
  const [forDashboard, forDocuments] = [withPolicy(DASHBOARD), withPolicy(DOCUMENTS)];
  const forOthers = withPolicy(NO_PAGE);
  return (request, response, next) => {
    const { path } = request;
    const apply = DASHBOARD_PATH.test(path)
      ? forDashboard
      : isDocument(path)
        ? forDocuments
        : forOthers;
    apply(request, response, next);
  };
}

function withPolicy(directives: Record<string, string[]>): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    // Pages of ALLOWED_ORIGINS may read: CORS decides which.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
