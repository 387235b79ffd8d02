import { Module } from '@nestjs/common';
import { CbrModule } from '../cbr/cbr.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { Backfill } from './backfill.js';
import { BackfillClaims } from './backfill-claims.js';
import { BackfillQueue } from './backfill-queue.js';
import { CommandFetch } from './command-fetch.js';
import { CurrencyNames } from './currency-names.js';
import { FetchLedger } from './fetch-ledger.js';
import { FetchRun } from './fetch-run.js';
import { PendingHistory } from './pending-history.js';
import { SheetChecks } from './sheet-checks.js';

/** Fetching and loading history, for whoever starts it: the service's schedule, or a command. */
@Module({
  imports: [CbrModule, RatesModule],
  providers: [
    FetchLedger,
    FetchRun,
    SheetChecks,
    Backfill,
    BackfillClaims,
    BackfillQueue,
    CurrencyNames,
    PendingHistory,
    CommandFetch,
  ],
  exports: [FetchLedger, FetchRun, Backfill, PendingHistory, CurrencyNames, CommandFetch],
})
export class HistoryModule {}
