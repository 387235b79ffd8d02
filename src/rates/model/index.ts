/**
 * Model of published and stored rates: entities, and pure rules about days, sheets, roubles and sources. It imports
 * no other sub-room of rates.
 */
export {
  dayState,
  type DayState,
  lastAnswerableDay,
  lastPublishedDay,
  openDays,
} from './answerable-days.js';
export { type BankDocument, type DocumentKind, KINDS_OF_FIGURES } from './bank-document.js';
export {
  CoverageEntity,
  EVERY_CURRENCY,
  IN_EVERY_SHEET,
  SHEET_CALENDAR,
} from './coverage.entity.js';
export { Coverage, type Line, rangeOf } from './coverage.js';
export type { DictionaryEntry, PublishedDictionary } from './currency-dictionary.js';
export { CurrencyList } from './currency-list.js';
export type { CurrencySeries, SeriesRecord } from './currency-series.js';
export { CurrencyEntity } from './currency.entity.js';
export {
  type DailySheet,
  FIRST_SHEET_DATE,
  type Fixing,
  type PublishedSheet,
} from './daily-sheet.js';
export { DeniedSheetEntity } from './denied-sheet.entity.js';
export { DocumentEntity } from './document.entity.js';
export { HeldDays } from './held-days.js';
export { type HeldFigure, type HeldLine, isCarriedOver } from './held-line.js';
export { HeldSheetLineEntity } from './held-sheet-line.entity.js';
export { IdempotencyKeyEntity } from './idempotency-key.entity.js';
export { longestInForce, type Standing, standingOn } from './in-force.js';
export { minorUnitOf } from './minor-units.js';
export { MissingSheetEntity } from './missing-sheet.entity.js';
export {
  HELD_STATES,
  QUARANTINE_STATES,
  QuarantineItemEntity,
  type QuarantineState,
} from './quarantine-item.entity.js';
export {
  heldOn,
  type HeldSheet,
  type HeldSheetContents,
  heldSheets,
  itemsWithContents,
  type QuarantineItem,
  type ShownFixing,
  type ShownSheet,
  withContents,
} from './quarantine-items.js';
export { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
export { QuarantinedSheetEntity } from './quarantined-sheet.entity.js';
export { rateChange } from './rate-change.js';
export {
  idOf,
  IsAbsentOr,
  IsCode,
  IsCodeList,
  IsCodeOrId,
  IsDay,
  IsFlag,
  IsName,
  IsNominal,
  IsPrice,
  IsPricedCode,
  IsText,
  IsWhole,
  LARGEST_INT4,
  MOST_CODES,
  PRICE_SCHEMA,
} from './rate-fields.js';
export { rateEntityJson, rateJson, type RateRow } from './rate-json.js';
export {
  keepRevision,
  RateRevisionEntity,
  REVISION_REASONS,
  type RevisionReason,
} from './rate-revision.entity.js';
export { RateVersion } from './rate-version.js';
export { RateEntity } from './rate.entity.js';
export {
  AlreadyDecidedError,
  AlreadyWithdrawnError,
  BookNotLoadedError,
  KeyReusedError,
  type LoadingState,
  NoSheetError,
  NotLoadedError,
  NotMadeError,
  NotOfTheBankError,
  NotQuarantinedError,
  NotSetError,
  PreconditionFailedError,
  RateNotFoundError,
  SheetNotLoadedError,
  UnknownCodeError,
} from './rates.errors.js';
export {
  isRouble,
  inTodaysRoubles,
  priceInTodaysRoubles,
  REDENOMINATION_DATE,
  ROUBLE_NAMES,
  type RoubleCode,
  roubleOf,
  worthOf,
} from './rouble.js';
export { SettingPeriodEntity } from './setting-period.entity.js';
export { MONTHLY_DAYS, SettingPeriods } from './setting-periods.js';
export {
  LAST_MONTHLY_DAY,
  MONTHLY_ENDED,
  type Rhythm,
  type SettingPeriod,
  settingPeriodsOf,
} from './setting-rhythm.js';
export { SheetCalendar } from './sheet-calendar.js';
export { SheetDayEntity } from './sheet-day.entity.js';
export {
  compareFixing,
  compareReturned,
  type FixingOutcome,
  isSameQuotation,
  type KnownFixing,
  publishedBefore,
  withoutWithdrawn,
} from './sheet-difference.js';
export {
  earliestDateAfter,
  expectedAfter,
  FRESHNESS_STATES,
  freshnessAt,
  type FreshnessState,
} from './sheet-freshness.js';
export { SOURCE_CHOICES, type SourceChoice } from './source-choice.js';
export {
  type LastSet,
  lastSetText,
  overruledIds,
  takesPrecedence,
  withPrecedence,
} from './id-precedence.js';
export {
  byDateAndCode,
  type Fixed,
  type LatestVersions,
  type StoredVersion,
} from './stored-version.js';
export { RATES_TABLES } from './tables.js';
export {
  WITHDRAWAL_CAUSES,
  type WithdrawalCause,
  withdrawnDates,
  WithdrawnSheetEntity,
} from './withdrawn-sheet.entity.js';
export { workingDayFrom } from './working-days.js';
export { seriesOfUnlisted, UNLISTED_CURRENCIES } from './unlisted-currencies.js';
