import { BackfillEntity } from './backfill.entity.js';
import { BackfilledCurrencyEntity } from './backfilled-currency.entity.js';
import { FetchStateEntity } from './fetch-state.entity.js';
import { SheetBackfillEntity } from './sheet-backfill.entity.js';

/** The tables of fetching and loading history. */
export const TASK_TABLES = [
  BackfillEntity,
  BackfilledCurrencyEntity,
  FetchStateEntity,
  SheetBackfillEntity,
];
