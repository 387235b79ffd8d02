import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../common/clock.js';
import { messageOf } from '../common/message-of.js';
import { FetchRuns } from './fetch-runs.js';
import { FetchLease } from './fetch-lease.js';
import { PollPace } from './poll-pace.js';

const TIMEOUT = 'fetch-rates';

/**
 * Fetches at once, then at the intervals of PollPace. One instance of a fleet does it; after a failover the
 * planned time stays, so that all instances together ask the bank once per interval.
 */
@Injectable()
export class FetchRatesTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FetchRatesTask.name);
  private isStopping = false;

  constructor(
    private readonly runs: FetchRuns,
    private readonly lease: FetchLease,
    private readonly pace: PollPace,
    private readonly scheduler: SchedulerRegistry,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.lease.onGained(() => void this.takeOver());
    this.runs.onForced((began) => {
      if (this.mayRun()) void this.planAfter(began);
    });
    this.lease.campaign();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.cancel();
    await this.runs.end();
    await this.lease.release();
  }

  /** Continues at the planned time, but no later than one interval: the planning clock may have been ahead. */
  private async takeOver(): Promise<void> {
    try {
      const planned = await this.lease.plannedAt();
      if (!planned) {
        this.schedule(0);
        return;
      }
      const now = this.clock.now();
      const latest = await this.pace.after(now);
      await this.planAt(planned < latest ? planned : latest, now);
    } catch (thrown) {
      this.logger.warn(`The next run is not known, running now: ${messageOf(thrown)}`);
      this.schedule(0);
    }
  }

  private schedule(pauseMs: number): void {
    if (this.isStopping) return;
    this.cancel();
    this.scheduler.addTimeout(
      TIMEOUT,
      setTimeout(() => void this.runInTurn(), pauseMs),
    );
  }

  /** The next run is planned from the start of this one; its result may change the interval. */
  private async runInTurn(): Promise<void> {
    if (!this.mayRun()) return;
    const began = this.clock.now();
    const planned = await this.planAfter(began);
    await this.runs.runOnSchedule();
    if (this.mayRun()) await this.planAfter(began, planned);
  }

  private mayRun(): boolean {
    return this.lease.isOurs && !this.isStopping;
  }

  /** Does nothing if that time is planned already. */
  private async planAfter(began: Date, planned?: Date): Promise<Date> {
    const next = await this.pace.after(began);
    if (next.getTime() !== planned?.getTime()) await this.planAt(next, began);
    return next;
  }

  /** Never waits longer than one interval from `since`, whatever happened to the clock. */
  private async planAt(next: Date, since: Date): Promise<void> {
    const longestMs = next.getTime() - since.getTime();
    const leftMs = next.getTime() - this.clock.now().getTime();
    this.schedule(Math.max(0, Math.min(leftMs, longestMs)));
    await this.lease.plan(next);
  }

  private cancel(): void {
    if (this.scheduler.doesExist('timeout', TIMEOUT)) this.scheduler.deleteTimeout(TIMEOUT);
  }
}
