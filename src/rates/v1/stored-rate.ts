import { createHash } from 'node:crypto';
import type { RateEntity } from '../model/index.js';

/** A rate as it is stored, for `/v1`; field by field in `v1-writes.dto.ts`. */
export function storedRateJson(rate: RateEntity): string {
  const { id, code, name, nominal, value, effective_date, source, created_at, updated_at } = rate;
  return JSON.stringify({
    ...{ id, code, name, nominal, value, effective_date, source },
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  });
}

/** The tag of a rate's present version, for `If-Match`: made of everything that it says. */
export function tagOf(storedRate: string): string {
  return `"${createHash('sha256').update(storedRate).digest('hex').slice(0, 24)}"`;
}
