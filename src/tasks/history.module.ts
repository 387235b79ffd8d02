import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CbrModule } from '../cbr/cbr.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { Backfill } from './backfill.js';
import { BackfillClaims } from './backfill-claims.js';
import { BackfillQueue } from './backfill-queue.js';
import { CommandFetch } from './command-fetch.js';
import { BackfillTargets } from './backfill-targets.js';
import { CurrencyLoad } from './currency-load.js';
import { CurrencyNames } from './currency-names.js';
import { DaySheets } from './day-sheets.js';
import { DeniedSheets } from './denied-sheets.js';
import { FetchLedger } from './fetch-ledger.js';
import { FetchRun } from './fetch-run.js';
import { MissedDays } from './missed-days.js';
import { MissingDays } from './missing-days.js';
import { MissingFacts } from './missing-facts.js';
import { NewestSheet } from './newest-sheet.js';
import { PendingHistory } from './pending-history.js';
import { SeriesFacts } from './series-facts.js';
import { SheetBackfill } from './sheet-backfill.js';
import { SheetBefore } from './sheet-before.js';
import { SheetChecks } from './sheet-checks.js';
import { SheetIntake } from './sheet-intake.js';
import { SheetProgress } from './sheet-progress.js';
import { SheetVerification } from './sheet-verification.js';
import { SheetWalk } from './sheet-walk.js';
import { SheetYears } from './sheet-years.js';
import { TASK_TABLES } from './tables.js';
import { StandingRemarks } from './standing-remarks.js';
import { TodaysSheet } from './todays-sheet.js';

/** Fetching and loading history, for the service's schedule and for commands. */
@Module({
  imports: [TypeOrmModule.forFeature(TASK_TABLES), CbrModule, RatesModule],
  providers: [
    FetchLedger,
    FetchRun,
    NewestSheet,
    DaySheets,
    DeniedSheets,
    SheetBefore,
    MissedDays,
    MissingDays,
    StandingRemarks,
    TodaysSheet,
    SheetIntake,
    SheetChecks,
    Backfill,
    BackfillClaims,
    BackfillQueue,
    BackfillTargets,
    CurrencyLoad,
    SeriesFacts,
    SheetWalk,
    SheetProgress,
    SheetYears,
    SheetBackfill,
    SheetVerification,
    CurrencyNames,
    MissingFacts,
    PendingHistory,
    CommandFetch,
  ],
  exports: [
    FetchLedger,
    FetchRun,
    Backfill,
    SheetBackfill,
    SheetVerification,
    PendingHistory,
    MissingFacts,
    CommandFetch,
  ],
})
export class HistoryModule {}
