/** Routes under `/v1`, with their DTOs. */
export { ConversionController } from './conversion.controller.js';
export { ConversionQuery } from './conversion.dto.js';
export { CurrenciesController } from './currencies.controller.js';
export { historyRequest } from './history-request.js';
export { QuarantineController } from './quarantine.controller.js';
export { SheetsController } from './sheets.controller.js';
export { WorkbookController } from './workbook.controller.js';
export { TryOutValues } from './try-out-values.js';
export { rejectForCode, rejectForRates } from './v1-combinations.js';
export { V1HistoryQuery, V1RatesQuery } from './v1-queries.dto.js';
export { V1RatesController } from './v1-rates.controller.js';
export { V1WritesController } from './v1-writes.controller.js';
