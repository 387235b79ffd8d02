/** Access to single tables inside a unit of work: fixings, currencies, coverage, documents. */
export type { Checkpoint } from './checkpoint.js';
export { CurrencyQueries, type StrayCurrency } from './currency.queries.js';
export { keepDictionary, keepDocument } from './document-store.js';
export { type DatedFixing, writeOutcomes } from './fixing-writer.js';
export { deleteMissingSheets, MissingSheets, noteMissingSheet } from './missing-sheets.js';
export { newestPublished, type PublishedFigure, publishedOn } from './published-figures.js';
export { StoredCoverage, noteCoverage, noteSheet } from './stored-coverage.js';
export {
  knownCurrencies,
  learnFromDictionary,
  learnFromOldSheet,
  learnFromSheet,
  learnUnknown,
  withKnownCodes,
} from './stored-currencies.js';
export { noteDailySetting, noteSetting } from './stored-settings.js';
export {
  fetchedSheets,
  isOvertaken,
  isStoredSheet,
  knownFixings,
  newestSheetDate,
  newestTakenSheet,
  officialRevisions,
  seriesMemory,
  storedSheetsAfter,
} from './stored-sheets.js';
