/** A bank with made-up figures, for a look at Kurs without cbr.ru: DEMO=1. */
export { Demo } from './demo.js';
