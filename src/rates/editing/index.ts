/** Writes by people: manual rates, idempotency keys, and the import from the original service. */
export { keyOfCaller } from './idempotency-keys.js';
export { type ImportedRate, ImportedRatesService, importKey } from './imported-rates.service.js';
export { RateEditsService } from './rate-edits.service.js';
