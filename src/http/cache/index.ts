/** Complete answers, kept in front of Express until something changes. */
export { ResponseCacheModule } from './response-cache.module.js';
export { ResponseCache } from './response-cache.js';
