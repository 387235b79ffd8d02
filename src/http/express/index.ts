/** The only place that uses private interfaces of Express. */
export { allowedMethods, replaceRequestGetters } from './express-internals.js';
