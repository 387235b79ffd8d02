import { CbrError } from './cbr.errors.js';

/**
 * Whoever answers in the bank's place could send Kurs anywhere: to the doors of its own network, or
 * from https to where the answer can be forged.
 *
 * @throws CbrError unless `href` has the protocol, host and port of the question
 */
export function refuseForeign(href: string, question: URL): void {
  const { origin } = new URL(href);
  if (origin === question.origin) return;
  throw new CbrError('foreign_redirect', `The bank redirects to ${origin}, away from itself`);
}
