import { CoverageEntity } from './coverage.entity.js';
import { CurrencyEntity } from './currency.entity.js';
import { DeniedSheetEntity } from './denied-sheet.entity.js';
import { DocumentEntity } from './document.entity.js';
import { HeldSheetLineEntity } from './held-sheet-line.entity.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { MissingSheetEntity } from './missing-sheet.entity.js';
import { QuarantineItemEntity } from './quarantine-item.entity.js';
import { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import { QuarantinedSheetEntity } from './quarantined-sheet.entity.js';
import { RateEntity } from './rate.entity.js';
import { RateRevisionEntity } from './rate-revision.entity.js';
import { SettingPeriodEntity } from './setting-period.entity.js';
import { SheetDayEntity } from './sheet-day.entity.js';
import { WithdrawnSheetEntity } from './withdrawn-sheet.entity.js';

/** Tables of the rates room. */
export const RATES_TABLES = [
  CoverageEntity,
  CurrencyEntity,
  DeniedSheetEntity,
  DocumentEntity,
  HeldSheetLineEntity,
  IdempotencyKeyEntity,
  MissingSheetEntity,
  QuarantineItemEntity,
  QuarantinedFixingEntity,
  QuarantinedSheetEntity,
  RateEntity,
  RateRevisionEntity,
  SettingPeriodEntity,
  SheetDayEntity,
  WithdrawnSheetEntity,
];
