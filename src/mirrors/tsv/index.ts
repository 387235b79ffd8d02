import { LastChange } from './last-change.js';
import { TsvController } from './tsv.controller.js';

/** Answers 1C's loaders as currencyrates.1c.ru and cbrates.rbc.ru do. */
export const TSV_CONTROLLERS = [TsvController];
export const TSV_PROVIDERS = [LastChange];
