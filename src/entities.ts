import { EventLogEntity } from './events/event-log.entity.js';
import {
  CoverageEntity,
  CurrencyEntity,
  DeniedSheetEntity,
  DocumentEntity,
  HeldSheetLineEntity,
  MissingSheetEntity,
  QuarantinedFixingEntity,
  QuarantinedSheetEntity,
  QuarantineItemEntity,
  RateEntity,
  RateRevisionEntity,
  SettingPeriodEntity,
  SheetDayEntity,
  WithdrawnSheetEntity,
} from './rates/model/index.js';
import { IdempotencyKeyEntity } from './rates/editing/index.js';
import { BackfillEntity } from './tasks/backfill.entity.js';
import { BackfilledCurrencyEntity } from './tasks/backfilled-currency.entity.js';
import { FetchStateEntity } from './tasks/fetch-state.entity.js';
import { SheetBackfillEntity } from './tasks/sheet-backfill.entity.js';

/** Every table that a room has; the database room adds its own. */
export const ENTITIES = [
  EventLogEntity,
  RateEntity,
  RateRevisionEntity,
  DocumentEntity,
  CurrencyEntity,
  CoverageEntity,
  IdempotencyKeyEntity,
  QuarantineItemEntity,
  QuarantinedFixingEntity,
  QuarantinedSheetEntity,
  HeldSheetLineEntity,
  SettingPeriodEntity,
  SheetDayEntity,
  MissingSheetEntity,
  WithdrawnSheetEntity,
  DeniedSheetEntity,
  BackfillEntity,
  BackfilledCurrencyEntity,
  FetchStateEntity,
  SheetBackfillEntity,
];
