import type { Request } from 'express';
import type { Settings } from '../../config/settings.js';
import { addressAsked } from '../../http/documents/index.js';

/** Where clients reach this service: PUBLIC_URL, or the host that they asked; without a slash at the end. */
export function publicAddress(
  { PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>,
  request: Request,
): string {
  return PUBLIC_URL || addressAsked(request);
}
