import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { addDays } from '../common/calendar-date.js';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { Backfill } from './backfill.js';
import { FetchRuns } from './fetch-runs.js';
import { MissingFacts } from './missing-facts.js';
import { PendingHistory } from './pending-history.js';

/**
 * Background task after each fetch: loads missing facts about currencies, and the last BACKFILL_DAYS if the
 * database was empty. Continues after a restart, yields to commands, and retries after the next fetch.
 */
@Injectable()
export class CatchUpTask implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(CatchUpTask.name);
  private readonly stop = new AbortController();
  private current: Promise<void> | undefined;

  constructor(
    private readonly runs: FetchRuns,
    private readonly facts: MissingFacts,
    private readonly backfill: Backfill,
    private readonly pending: PendingHistory,
    private readonly settings: Settings,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.pending.plan(this.settings.BACKFILL_DAYS);
    this.runs.onSuccess((newest) => {
      this.current ??= this.catchUp(newest).finally(() => (this.current = undefined));
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.current;
  }

  private async catchUp(newest: PublishedSheet): Promise<void> {
    try {
      await this.loadHistory(newest);
      await this.facts.complete(newest, this.stop.signal);
    } catch (thrown) {
      if (this.stop.signal.aborted) return;
      this.logger.warn(`Put off until after the next fetch: ${messageOf(thrown)}`);
    }
  }

  private async loadHistory(newest: PublishedSheet): Promise<void> {
    const days = await this.pending.days();
    if (days === null || this.settings.BACKFILL_DAYS === 0) return;
    if (await this.backfill.isUnderWay()) return;
    const from = addDays(newest.effective_date, -days);
    this.logger.log(`Loading history from ${from}`);
    const ignoreSteps = () => undefined;
    const request = { from, yields: true };
    const report = await this.backfill.run(request, newest, ignoreSteps, this.stop.signal);
    const { added, missing, differences } = report;
    this.logger.log(`History is loaded from ${from}: ${added} fixings added`);
    for (const difference of differences) this.logger.warn(difference);
    for (const { code, reason } of missing) this.logger.warn(`${code} is missing: ${reason}`);
  }
}
