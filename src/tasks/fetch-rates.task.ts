import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../common/clock.js';
import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { Freshness } from '../http/freshness.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import type { FetchReport } from './fetch-report.js';
import { FetchRun, type FetchTotals } from './fetch-run.js';
import { StoppingError } from './tasks.errors.js';

const INTERVAL = 'fetch-rates';
/** How long a run may go on once the service is stopping, in milliseconds. */
const STOP_GRACE_MS = 1_500;

interface Ended {
  report: FetchReport;
  failure?: Error | undefined;
}

/** Fetches at once, then every CBR_POLL_SECONDS, and when somebody asks; one run at a time. */
@Injectable()
export class FetchRatesTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FetchRatesTask.name);
  private readonly stop = new AbortController();
  private current: Promise<Ended> | undefined;
  private next: Promise<Ended> | undefined;
  private readonly listeners: ((newest: PublishedSheet) => void)[] = [];
  private isStopping = false;
  private newest: FetchReport | undefined;
  private successAt: Date | undefined;
  private nextRunAt: Date | undefined;

  constructor(
    private readonly fetchRun: FetchRun,
    private readonly settings: Settings,
    private readonly scheduler: SchedulerRegistry,
    private readonly clock: Clock,
    private readonly freshness: Freshness,
  ) {}

  onApplicationBootstrap(): void {
    const interval = setInterval(() => this.onSchedule(), this.settings.CBR_POLL_SECONDS * 1_000);
    this.scheduler.addInterval(INTERVAL, interval);
    this.onSchedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.scheduler.deleteInterval(INTERVAL);
    this.nextRunAt = undefined;
    const grace = setTimeout(() => this.stop.abort(), STOP_GRACE_MS);
    await (this.next ?? this.current);
    clearTimeout(grace);
  }

  /**
   * Runs now, after a run under way: that one has asked the bank already, and may have missed what
   * the caller wants to see. Callers who wait share the run that follows.
   *
   * @throws what the run failed with: CbrError, or what the database throws; StoppingError
   */
  async runNow(): Promise<FetchReport> {
    if (this.isStopping) throw new StoppingError();
    const { report, failure } = await this.enqueue();
    if (failure) throw failure;
    return report;
  }

  /** The newest run that has ended. */
  get lastRun(): FetchReport | undefined {
    return this.newest;
  }

  get lastSuccessAt(): Date | undefined {
    return this.successAt;
  }

  get nextScheduledAt(): Date | undefined {
    return this.nextRunAt;
  }

  /** Calls `listener` after every run that succeeds; it must not throw. */
  onSuccess(listener: (newest: PublishedSheet) => void): void {
    this.listeners.push(listener);
  }

  private onSchedule(): void {
    const now = this.clock.now().getTime();
    this.nextRunAt = new Date(now + this.settings.CBR_POLL_SECONDS * 1_000);
    this.freshness.expectNewsAt(this.nextRunAt);
    // A run under way asks the bank the same; how it ends is logged and kept either way.
    if (!this.current) void this.enqueue();
  }

  private enqueue(): Promise<Ended> {
    if (this.next) return this.next;
    if (!this.current) return this.start();
    this.next = this.current.then(() => this.start());
    return this.next;
  }

  private start(): Promise<Ended> {
    this.next = undefined;
    this.current = this.execute().finally(() => (this.current = undefined));
    return this.current;
  }

  private async execute(): Promise<Ended> {
    const started_at = this.clock.now();
    const totals: FetchTotals = { saved: 0, unchanged: 0, effective_date: null };
    let failure: Error | undefined;
    try {
      const newest = await this.fetchRun.run(totals, this.stop.signal);
      for (const listener of this.listeners) listener(newest);
    } catch (thrown) {
      failure = thrown instanceof Error ? thrown : new Error(messageOf(thrown), { cause: thrown });
    }
    const report = this.report(started_at, totals, failure);
    this.newest = report;
    if (failure === undefined) this.successAt = report.finished_at;
    return { report, failure };
  }

  private report(started_at: Date, totals: FetchTotals, failure: Error | undefined): FetchReport {
    const finished_at = this.clock.now();
    if (failure === undefined) {
      const message = `Rates update finished, saved ${totals.saved} records`;
      this.logger.log(`${message}; sheet of ${totals.effective_date}`);
      return { started_at, finished_at, result: 'success', code: null, message, ...totals };
    }
    const code = failure instanceof KursError ? failure.code : 'internal';
    const message = messageOf(failure);
    this.logger.error(`No rates: ${message} (${code})`);
    return { started_at, finished_at, result: 'failure', code, message, ...totals };
  }
}
