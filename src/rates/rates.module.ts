import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/events.module.js';
import {
  AcceptedFixings,
  AcceptedSheets,
  JumpGuard,
  QuarantineService,
  SheetGuard,
} from './quarantine/index.js';
import {
  ConversionController,
  CurrenciesController,
  QuarantineController,
  SheetsController,
  V1RatesController,
  V1WritesController,
} from './v1/index.js';
import {
  BankDictionary,
  SheetComparison,
  ConversionService,
  CurrenciesService,
  NumberedRates,
  OfficialSeries,
  OfficialSheets,
  CurrentRates,
  RateRanges,
  QuarantineQueries,
  RatesExportService,
  RequestedDays,
  RevisionsQueries,
  SeriesRanges,
  SheetsQueries,
  RatesOnDay,
} from './reading/index.js';
import { RateBooks } from './book/index.js';
import { StoredCoverage, CurrencyQueries, MissingSheets } from './storage/index.js';
import { ImportedRatesService, RateEditsService } from './editing/index.js';
import { RatesController, StoredRates } from './original/index.js';
import {
  HistoryRecorder,
  SheetRecorder,
  SeriesFactsRecorder,
  PastSheetRecorder,
  SheetWithdrawals,
} from './recording/index.js';
import { RATES_TABLES } from './model/index.js';

/** Published and manual rates: writing and reading. */
@Module({
  imports: [TypeOrmModule.forFeature(RATES_TABLES), EventsModule],
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
    SheetRecorder,
    HistoryRecorder,
    PastSheetRecorder,
    SeriesFactsRecorder,
    RateEditsService,
    JumpGuard,
    SheetGuard,
    AcceptedFixings,
    AcceptedSheets,
    QuarantineService,
    QuarantineQueries,
    StoredRates,
    RatesExportService,
    ImportedRatesService,
    StoredCoverage,
    MissingSheets,
    CurrencyQueries,
    RequestedDays,
    CurrentRates,
    RatesOnDay,
    SeriesRanges,
    RateRanges,
    ConversionService,
    CurrenciesService,
    RevisionsQueries,
    SheetsQueries,
    NumberedRates,
    OfficialSheets,
    OfficialSeries,
    BankDictionary,
    SheetComparison,
    SheetWithdrawals,
  ],
  exports: [
    RateBooks,
    SheetRecorder,
    HistoryRecorder,
    PastSheetRecorder,
    SeriesFactsRecorder,
    StoredCoverage,
    StoredRates,
    RatesExportService,
    ImportedRatesService,
    StoredCoverage,
    MissingSheets,
    CurrencyQueries,
    CurrentRates,
    RatesOnDay,
    RateRanges,
    ConversionService,
    QuarantineQueries,
    CurrenciesService,
    OfficialSheets,
    NumberedRates,
    OfficialSeries,
    BankDictionary,
    SheetComparison,
    SheetWithdrawals,
  ],
})
export class RatesModule {}
