import { createHash } from 'node:crypto';
import type { RateEntity } from '../model/index.js';

/** Serializes a stored rate for `/v1`; fields as in `v1-writes.dto.ts`. */
export function storedRateJson(rate: RateEntity): string {
  const { id, code, name, nominal, value, effective_date, source, created_at, updated_at } = rate;
  return JSON.stringify({
    ...{ id, code, name, nominal, value, effective_date, source },
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  });
}

/** ETag of a rate's current version, for `If-Match`: a hash of all fields. */
export function tagOf(storedRate: string): string {
  return `"${createHash('sha256').update(storedRate).digest('hex').slice(0, 24)}"`;
}
