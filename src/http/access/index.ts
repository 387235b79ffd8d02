/** Access control and limits: keys, origins, rate limits, export limits. */
export { admission, LONGEST_ADDRESS, malformedHead } from './admission.js';
export { ApiKeys } from './api-keys.js';
export { Caller, callerOf, isWrite } from './caller.js';
export { ClientAddress } from './client-address.js';
export { readersOf } from './cross-origin.js';
export { ExportLimiter } from './export-limiter.js';
export { isBehindTls, isOwnOrigin } from './foreign-site.js';
export { isLoopbackAddress } from './loopback.js';
export { RateLimiter } from './rate-limiter.js';
export { WriteAccess } from './write-access.js';
export { Write } from './write.guard.js';
