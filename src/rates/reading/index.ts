/** Read side of the rate book: rates in force, ranges, groups, conversions, currencies. */
export { type Conversion, ConversionService } from './conversion.service.js';
export { CurrenciesService, CURRENCY_WRITER } from './currencies.service.js';
export { CurrentRates } from './current-rates.js';
export type { MissingSheet } from './missing-sheet.js';
export { dayOfPosition, pageAfter, pagesAfter, type Positioned } from './page-position.js';
export { type OfficialSheet, OfficialSheets } from './official-sheets.js';
export { OfficialSeries, type SeriesRecordsRequest } from './official-series.js';
export { QuarantineQueries, type WaitingItems } from './quarantine.queries.js';
export { GROUP_WRITER, type Grouping, GROUPS, type RateGroup } from './rate-groups.js';
export { type History, type HistoryRequest, RateRanges } from './rate-ranges.js';
export type { RateRecord } from './rate-record.js';
export { RECORD_WRITER } from './record-writer.js';
export { RatesOnDay } from './rates-on-day.js';
export { RatesExportService } from './rates-export.service.js';
export { RequestedDays } from './requested-day.js';
export { REVISION_WRITER, RevisionsQueries } from './revisions.queries.js';
export { SeriesRanges } from './series-range.js';
export { SheetsQueries } from './sheets.queries.js';
