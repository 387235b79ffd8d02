import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { AcceptedFixings } from './accepted-fixings.js';
import { AcceptedSheets } from './accepted-sheets.js';
import { ConversionController } from './conversion.controller.js';
import { ConversionService } from './conversion.service.js';
import { RateBooks } from './book/rate-books.js';
import { CoverageBook } from './coverage-book.js';
import { CurrenciesController } from './currencies.controller.js';
import { CurrenciesService } from './currencies.service.js';
import { CurrencyQueries } from './currency.queries.js';
import { CurrentRates } from './current-rates.js';
import { HistoryService } from './history.service.js';
import { ImportedRatesService } from './imported-rates.service.js';
import { JumpGuard } from './jump-guard.js';
import { MissingSheets } from './missing-sheets.js';
import { QuarantineController } from './quarantine.controller.js';
import { QuarantineQueries } from './quarantine.queries.js';
import { QuarantineService } from './quarantine.service.js';
import { RateEditsService } from './rate-edits.service.js';
import { RatesController } from './rates.controller.js';
import { RatesExportService } from './rates-export.service.js';
import { RatesHistoryService } from './rates-history.service.js';
import { RatesQueries } from './rates.queries.js';
import { RatesService } from './rates.service.js';
import { RequestedDays } from './requested-day.js';
import { RevisionsQueries } from './revisions.queries.js';
import { SeriesFactsRecorder } from './series-facts-recorder.js';
import { SeriesRanges } from './series-range.js';
import { SheetGuard } from './sheet-guard.js';
import { SheetHistoryRecorder } from './sheet-history-recorder.js';
import { SheetWithdrawals } from './sheet-withdrawals.js';
import { SheetsController } from './sheets.controller.js';
import { SheetsQueries } from './sheets.queries.js';
import { V1RatesController } from './v1-rates.controller.js';
import { V1RatesService } from './v1-rates.service.js';
import { V1WritesController } from './v1-writes.controller.js';

/** What the bank published and what people added, written here and read here. */
@Module({
  imports: [EventsModule],
  controllers: [
    RatesController,
    V1RatesController,
    V1WritesController,
    CurrenciesController,
    ConversionController,
    SheetsController,
    QuarantineController,
  ],
  providers: [
    RateBooks,
    RatesService,
    RatesHistoryService,
    SheetHistoryRecorder,
    SeriesFactsRecorder,
    RateEditsService,
    JumpGuard,
    SheetGuard,
    AcceptedFixings,
    AcceptedSheets,
    QuarantineService,
    QuarantineQueries,
    RatesQueries,
    RatesExportService,
    ImportedRatesService,
    CoverageBook,
    MissingSheets,
    CurrencyQueries,
    RequestedDays,
    CurrentRates,
    V1RatesService,
    SeriesRanges,
    HistoryService,
    ConversionService,
    CurrenciesService,
    RevisionsQueries,
    SheetsQueries,
    SheetWithdrawals,
  ],
  exports: [
    RateBooks,
    RatesService,
    RatesHistoryService,
    SheetHistoryRecorder,
    SeriesFactsRecorder,
    CoverageBook,
    RatesQueries,
    RatesExportService,
    ImportedRatesService,
    CoverageBook,
    MissingSheets,
    CurrencyQueries,
    CurrentRates,
    V1RatesService,
    HistoryService,
    ConversionService,
    QuarantineQueries,
    SheetWithdrawals,
  ],
})
export class RatesModule {}
