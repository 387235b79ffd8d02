import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { asDatabaseError } from '../database/database.errors.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { FetchLedger } from './fetch-ledger.js';
import { type FetchTotals, reportOf } from './fetch-report.js';
import { FetchRun, nothingFetched } from './fetch-run.js';
import { PendingHistory } from './pending-history.js';

/** Result of a successful fetch. */
interface Fetched {
  newest: PublishedSheet;
  totals: FetchTotals;
}

/** A fetch by a command. It is reported in the status like a run of the service, and counts as the first run of an empty database. */
@Injectable()
export class CommandFetch {
  constructor(
    private readonly fetchRun: FetchRun,
    private readonly ledger: FetchLedger,
    private readonly pending: PendingHistory,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** @throws CbrError, database errors */
  async run(stop: AbortSignal): Promise<Fetched> {
    await this.pending.plan(this.settings.BACKFILL_DAYS);
    const started_at = this.clock.now();
    const totals = nothingFetched();
    const keep = (failure?: unknown) =>
      this.ledger.keepReport(
        reportOf({ started_at, finished_at: this.clock.now() }, totals, failure),
      );
    try {
      const newest = await this.fetchRun.run(totals, { stop, isForced: true });
      await keep();
      return { newest, totals };
    } catch (thrown) {
      const failure = asDatabaseError(thrown);
      // If the report cannot be stored either, the original failure matters.
      await Promise.allSettled([keep(failure)]);
      throw failure;
    }
  }
}
