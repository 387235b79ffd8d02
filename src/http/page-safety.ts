import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What Swagger UI needs, from this service alone; everything else is answered with `default-src 'none'`. */
const PAGES = {
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
const NO_PAGE = {
  'default-src': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The headers that keep browsers from doing more than is meant; TLS, and HSTS with it, are the proxy's. */
export function safePages(isPage: (path: string) => boolean): RequestHandler {
  const forPages = withPolicy(PAGES);
  const forOthers = withPolicy(NO_PAGE);
  return (request, response, next) => {
    (isPage(request.path) ? forPages : forOthers)(request, response, next);
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
