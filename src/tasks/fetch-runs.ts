import { Injectable, Logger } from '@nestjs/common';
import { CbrError } from '../cbr/cbr.errors.js';
import type { RequestOptions } from '../cbr/request-options.js';
import { Clock } from '../common/clock.js';
import { messageOf, reasonOf } from '../common/message-of.js';
import { commandLine } from '../config/command-line.js';
import { asDatabaseError } from '../database/database.errors.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { FetchLedger, type FetchState } from './fetch-ledger.js';
import { type FetchReport, reportOf } from './fetch-report.js';
import { FetchRun, nothingFetched } from './fetch-run.js';
import { RunTally } from './run-tally.js';
import { RunTrail } from './run-trail.js';
import { StoppingError } from './tasks.errors.js';

/** Grace period of a run at shutdown, in milliseconds. */
const STOP_GRACE_MS = 1_500;
/** Tolerated clock skew between instances, in milliseconds. */
const SKEW_MS = 5 * 60_000;

/** Forced runs have a waiting caller and ignore the circuit breaker. */
type Intention = Pick<RequestOptions, 'isForced'>;
const FORCED: Intention = { isForced: true };
const SCHEDULED: Intention = { isForced: false };

interface Ended {
  report: FetchReport;
  failure?: Error | undefined;
}

/** Runs of this instance, one at a time, and their reports. */
@Injectable()
export class FetchRuns {
  private readonly logger = new Logger(FetchRuns.name);
  private readonly stop = new AbortController();
  private current: Promise<Ended> | undefined;
  private next: Promise<Ended> | undefined;
  private readonly listeners: ((newest: PublishedSheet) => void)[] = [];
  private readonly forcedListeners: ((began: Date) => void)[] = [];
  private isStopping = false;
  private hasAdvised = false;
  private newest: FetchReport | undefined;
  private succeededAt: Date | undefined;

  constructor(
    private readonly fetchRun: FetchRun,
    private readonly ledger: FetchLedger,
    private readonly tally: RunTally,
    private readonly clock: Clock,
  ) {}

  /** Starts no more runs and waits briefly for the current one. */
  async end(): Promise<void> {
    this.isStopping = true;
    const grace = setTimeout(() => this.stop.abort(), STOP_GRACE_MS);
    await (this.next ?? this.current);
    clearTimeout(grace);
  }

  /**
   * Starts a run after the current one, which may have asked the bank too early for the caller. Waiting callers
   * share the next run.
   *
   * @throws the run's failure: CbrError, database errors; StoppingError
   */
  async runNow(): Promise<FetchReport> {
    if (this.isStopping) throw new StoppingError();
    const { report, failure } = await this.enqueue(FORCED);
    if (failure) throw failure;
    return report;
  }

  /** Starts a run unless one is in progress. Its report is logged and stored. */
  async runOnSchedule(): Promise<void> {
    if (!this.current && !this.isStopping) await this.enqueue(SCHEDULED);
  }

  /** State of the fleet, with what this instance could not store yet. */
  async state(): Promise<FetchState> {
    const kept = await this.ledger.fetchState();
    const { newest, succeededAt } = this;
    const now = this.clock.now();
    const isKeptNewer = believedMs(kept.lastRun?.finished_at, now) > timeOf(newest?.finished_at);
    const success = Math.max(believedMs(kept.lastSuccessAt, now), believedMs(succeededAt, now));
    return {
      lastRun: isKeptNewer ? kept.lastRun : (newest ?? kept.lastRun),
      lastSuccessAt: success === -Infinity ? undefined : new Date(success),
      nextRunAt: kept.nextRunAt,
    };
  }

  /** Calls `listener` after every successful run; it must not throw. */
  onSuccess(listener: (newest: PublishedSheet) => void): void {
    this.listeners.push(listener);
  }

  /** Calls `listener` with the start of every forced run after its end, successful or not; it must not throw. */
  onForced(listener: (began: Date) => void): void {
    this.forcedListeners.push(listener);
  }

  /** Only forced runs queue, so callers that join the queued run get a forced one. */
  private enqueue(intention: Intention): Promise<Ended> {
    if (this.next) return this.next;
    if (!this.current) return this.start(intention);
    this.next = this.current.then(() => this.start(intention));
    return this.next;
  }

  private start(intention: Intention): Promise<Ended> {
    this.next = undefined;
    this.current = this.execute(intention).finally(() => (this.current = undefined));
    return this.current;
  }

  private async execute({ isForced }: Intention): Promise<Ended> {
    const started_at = this.clock.now();
    const totals = nothingFetched();
    const trail = new RunTrail(isForced);
    let failure: Error | undefined;
    try {
      const onTry = (question: string) => trail.addRequest(question);
      const options = { stop: this.stop.signal, isForced, onTry };
      const newest = await this.fetchRun.run(totals, options);
      for (const listener of this.listeners) listener(newest);
    } catch (thrown) {
      const known = asDatabaseError(thrown);
      failure = known instanceof Error ? known : new Error(messageOf(known), { cause: known });
    }
    const report = reportOf({ started_at, finished_at: this.clock.now() }, totals, failure);
    this.tell({ report, remarks: totals.remarks }, trail, failure);
    this.newest = report;
    if (failure === undefined) this.succeededAt = report.finished_at;
    this.tally.count(report);
    void this.keep(report);
    if (isForced) for (const listener of this.forcedListeners) listener(started_at);
    return { report, failure };
  }

  /** Not awaited: if the database is locked, the caller has waited long enough. */
  private async keep(report: FetchReport): Promise<void> {
    try {
      await this.ledger.keepReport(report);
    } catch (thrown) {
      this.logger.warn(`How the run ended is not kept: ${messageOf(thrown)}`);
    }
  }

  /** One log line for each run. */
  private tell(
    { report, remarks }: { report: FetchReport; remarks: readonly string[] },
    trail: RunTrail,
    failure: Error | undefined,
  ): void {
    const { message, code, quarantined, effective_date } = report;
    const fields = trail.fieldsOf(report);
    if (this.stop.signal.aborted && failure !== undefined) {
      this.logger.log(`Stopped: ${reasonOf(failure)}`, fields);
      return;
    }
    if (failure !== undefined) {
      this.logger.error(`No rates: ${reasonOf(failure)} (${code})`, fields);
      if (failure instanceof CbrError && !failure.isBadAnswer) void this.adviseOnFirstStart();
      return;
    }
    const held = quarantined > 0 ? `; ${quarantined} are held and wait in /v1/quarantine` : '';
    const line = `${message}; sheet of ${effective_date}${held}`;
    if (quarantined > 0 || remarks.length > 0) this.logger.warn(line, fields);
    else this.logger.log(line, fields);
  }

  /** Logs once, before the first successful run, when the bank is asked again: a new user does not know it. */
  private async adviseOnFirstStart(): Promise<void> {
    if (this.hasAdvised) return;
    this.hasAdvised = true;
    const { lastSuccessAt, nextRunAt } = await this.ledger.fetchState();
    // Commands plan no next run.
    if (lastSuccessAt || !nextRunAt) return;
    this.logger.warn(
      `The bank is asked again at ${nextRunAt.toISOString()}; until then there are no rates`,
    );
    this.logger.warn(
      `What helps: HTTPS_PROXY, if only a proxy reaches the bank; "${commandLine('doctor')}" looks for the cause; ` +
        `"DEMO=1 ${commandLine('start')}" shows Kurs with made-up figures`,
    );
  }
}

/** An instant in the future was written by a clock that was ahead, and would hide every failure until then. */
function believedMs(instant: Date | undefined, now: Date): number {
  const time = timeOf(instant);
  return time > now.getTime() + SKEW_MS ? -Infinity : time;
}

function timeOf(instant: Date | undefined): number {
  return instant?.getTime() ?? -Infinity;
}
