import { EventLogEntity } from './events/event-log.entity.js';
import { CoverageEntity } from './rates/coverage.entity.js';
import { CurrencyEntity } from './rates/currency.entity.js';
import { DocumentEntity } from './rates/document.entity.js';
import { IdempotencyKeyEntity } from './rates/idempotency-key.entity.js';
import { MissingSheetEntity } from './rates/missing-sheet.entity.js';
import { HeldSheetLineEntity } from './rates/held-sheet-line.entity.js';
import { QuarantineItemEntity } from './rates/quarantine-item.entity.js';
import { QuarantinedFixingEntity } from './rates/quarantined-fixing.entity.js';
import { QuarantinedSheetEntity } from './rates/quarantined-sheet.entity.js';
import { RateRevisionEntity } from './rates/rate-revision.entity.js';
import { RateEntity } from './rates/rate.entity.js';
import { SettingPeriodEntity } from './rates/setting-period.entity.js';
import { SheetDayEntity } from './rates/sheet-day.entity.js';
import { DeniedSheetEntity } from './rates/denied-sheet.entity.js';
import { WithdrawnSheetEntity } from './rates/withdrawn-sheet.entity.js';
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
