import type { Response } from 'express';

/** Names, in `Kurs-Quarantined`, the letter codes whose figures an answer leaves out because they are held. */
export function nameQuarantined(response: Response, codes: readonly string[]): void {
  if (codes.length > 0) response.setHeader('Kurs-Quarantined', codes.join(','));
}
