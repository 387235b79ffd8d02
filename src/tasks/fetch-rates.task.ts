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
import { FetchTurn } from './fetch-turn.js';
import { PollPace } from './poll-pace.js';

const TIMEOUT = 'fetch-rates';

/**
 * Fetches at once, then at the pace of PollPace. In a fleet one instance does it; its successor goes
 * on at the time that was planned, so that the bank is asked once per interval by all of them.
 */
@Injectable()
export class FetchRatesTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FetchRatesTask.name);
  private isStopping = false;

  constructor(
    private readonly runs: FetchRuns,
    private readonly turn: FetchTurn,
    private readonly pace: PollPace,
    private readonly scheduler: SchedulerRegistry,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.turn.onGained(() => void this.takeOver());
    this.runs.onForced((began) => {
      if (this.mayRun()) void this.planAfter(began);
    });
    this.turn.stand();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.cancel();
    await this.runs.end();
    await this.turn.release();
  }

  /** Goes on at the planned time, but no later than the pace has it: the clock that it was planned by may have been ahead. */
  private async takeOver(): Promise<void> {
    try {
      const planned = await this.turn.plannedAt();
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

  /** The next one is counted from the beginning of this one; what this one brings may change the pace. */
  private async runInTurn(): Promise<void> {
    if (!this.mayRun()) return;
    const began = this.clock.now();
    const planned = await this.planAfter(began);
    await this.runs.runOnSchedule();
    if (this.mayRun()) await this.planAfter(began, planned);
  }

  private mayRun(): boolean {
    return this.turn.isOurs && !this.isStopping;
  }

  /** Unless the time is the one planned already. */
  private async planAfter(began: Date, planned?: Date): Promise<Date> {
    const next = await this.pace.after(began);
    if (next.getTime() !== planned?.getTime()) await this.planAt(next, began);
    return next;
  }

  /** The pause is never longer than from `since`, whatever has been done to the clock meanwhile. */
  private async planAt(next: Date, since: Date): Promise<void> {
    const longestMs = next.getTime() - since.getTime();
    const leftMs = next.getTime() - this.clock.now().getTime();
    this.schedule(Math.max(0, Math.min(leftMs, longestMs)));
    await this.turn.plan(next);
  }

  private cancel(): void {
    if (this.scheduler.doesExist('timeout', TIMEOUT)) this.scheduler.deleteTimeout(TIMEOUT);
  }
}
