import type { Quotation } from '../../common/decimal.js';
import type { RateChange, RateEventName } from '../../events/rate-event.js';
import type { RateEntity } from './rate.entity.js';

/** Creates the event about `rate`; `replaced` is the previous version. */
export function rateChange(
  event: RateEventName,
  rate: RateEntity,
  replaced: Quotation | null,
): RateChange {
  return {
    event,
    id: rate.id,
    code: rate.code,
    name: rate.name,
    value: rate.value,
    created_at: rate.created_at,
    nominal: rate.nominal,
    effective_date: rate.effective_date,
    previous_value: replaced?.value ?? null,
    previous_nominal: replaced?.nominal ?? null,
    source: rate.source,
  };
}
