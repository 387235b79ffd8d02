import { CbrError } from './cbr.errors.js';

/**
 * Rejects redirects to other origins: an impostor could use them to reach Kurs's own network, or to leave https.
 *
 * @throws CbrError unless `href` has the request's protocol, host and port
 */
export function rejectForeign(href: string, question: URL): void {
  const { origin } = new URL(href);
  if (origin === question.origin) return;
  throw new CbrError('foreign_redirect', `The bank redirects to ${origin}, away from itself`);
}
