/** Cache of complete answers in front of Express. */
export { ResponseCacheModule } from './response-cache.module.js';
export { ResponseCache } from './response-cache.js';
