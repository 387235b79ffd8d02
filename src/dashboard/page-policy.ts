/** Content-Security-Policy of the page: its own files, and this API. */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No text becomes markup or a script, not even ours.
  "require-trusted-types-for 'script'",
  'trusted-types kurs-worker',
];

export const PAGE_POLICY = DIRECTIVES.join(';');

/** Of the service worker: it asks this service alone. */
export const WORKER_POLICY = "default-src 'none';connect-src 'self'";
