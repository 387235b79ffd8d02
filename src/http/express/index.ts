/** The only place that uses private interfaces of Express. */
export { allowedMethods, messageClasses, replaceRequestGetters } from './express-internals.js';
