/** Who may do what, and how much of it: keys, origins, rate limits, limits of exports. */
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
