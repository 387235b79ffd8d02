import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import type { DateRange } from '../common/date-range.js';
import type { CurrencySeries } from '../rates/currency-series.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import { RatesHistoryService, type RecordedHistory } from '../rates/rates-history.service.js';
import type { BackfillClaim } from './backfill-claim.js';
import { BackfillClaims } from './backfill-claims.js';
import { BackfillQueue } from './backfill-queue.js';
import type { BackfillReport, BackfillStep, MissingCurrency } from './backfill-report.js';
import {
  type BackfillRequest,
  daysToAsk,
  daysToLoad,
  everyEntry,
  requestKey,
  storable,
  type Target,
  targetsOf,
} from './backfill-plan.js';
import { PendingHistory } from './pending-history.js';
import { differences } from './self-check.js';

const NOTHING_YET = { added: 0, corrected: 0, unchanged: 0 };

interface Run {
  range: DateRange;
  newest: PublishedSheet;
  claim: BackfillClaim;
  report: BackfillReport;
  step: (target: Target, added: number, corrected: number) => void;
  stop: AbortSignal;
}

/** Loads history: one question for each currency, over all the days wanted. */
@Injectable()
export class Backfill {
  constructor(
    private readonly cbr: CbrClient,
    private readonly history: RatesHistoryService,
    private readonly claims: BackfillClaims,
    private readonly queue: BackfillQueue,
    private readonly pending: PendingHistory,
  ) {}

  /** Whether a process is loading history. */
  isUnderWay(): Promise<boolean> {
    return this.claims.isTaken();
  }

  /**
   * Loads the days before the newest sheet, and takes the work over from whoever does it, unless the request
   * yields. What an interrupted run with the same request has finished is not asked about again. A currency
   * that fails is tried once more at the end, then reported as missing; a bank that is left alone meanwhile is
   * waited for, up to minutes.
   *
   * @param newest from a fetch just made
   * @throws CbrError when there is no dictionary, TakenOverError, ImpossibleBackfillError, or what the database throws
   */
  async run(
    request: BackfillRequest,
    newest: PublishedSheet,
    onStep: (step: BackfillStep) => void,
    stop: AbortSignal,
  ): Promise<BackfillReport> {
    const range = daysToLoad(request, newest.effective_date);
    const entries = everyEntry(await this.cbr.dictionary(stop), newest);
    const targets = targetsOf(entries, request.codes);
    const claim = await this.claims.claim(requestKey(range, request), request.yields ?? false);
    try {
      await this.history.learn(entries, claim.checkpoint);
      const finished = await claim.finished();
      const left = targets.filter(({ cbr_id }) => !finished.has(cbr_id));
      let done = targets.length - left.length;
      const run: Run = {
        ...{ range, newest, claim, stop },
        report: { range, ...NOTHING_YET, resumed: done, missing: [], differences: [] },
        step: ({ code }, added, corrected) => {
          onStep({ done: ++done, total: targets.length, code, added, corrected });
        },
      };
      await this.loadAll(left, run);
      if (run.report.missing.length === 0) {
        await claim.forgetFinished();
        if (!request.codes) await this.pending.settle(range, newest.effective_date);
      }
      return run.report;
    } finally {
      await claim.release();
    }
  }

  private async loadAll(targets: readonly Target[], run: Run): Promise<void> {
    const load = (target: Target) => this.load(target, run);
    const failed = await this.queue.work(targets, load, run.stop);
    const failedTwice = await this.queue.work([...failed.keys()], load, run.stop);
    run.report.missing = [...failedTwice]
      .map(([target, error]) => missing(target, error))
      .sort((one, other) => (one.code < other.code ? -1 : 1));
    run.report.differences.sort();
  }

  private async load(target: Target, run: Run): Promise<void> {
    const { range, newest, stop } = run;
    const asked = daysToAsk(range, newest.effective_date);
    const series = await this.ask(target, asked, stop);
    const recorded = series && (await this.record(target, series, run));
    await run.claim.markFinished(target.cbr_id);
    run.step(target, recorded?.added ?? 0, recorded?.corrected ?? 0);
  }

  private async record(
    target: Target,
    series: CurrencySeries,
    { range, newest, claim, report }: Run,
  ): Promise<RecordedHistory> {
    const { covered, records } = storable(series, range);
    const { document } = series;
    const history = { cbr_id: target.cbr_id, covered, records, document };
    const recorded = await this.history.record(history, claim.checkpoint);
    report.added += recorded.added;
    report.corrected += recorded.corrected;
    report.unchanged += recorded.unchanged;
    if (series.range.to === newest.effective_date) {
      report.differences.push(...differences(target, series, newest));
    }
    return recorded;
  }

  /** The bank may never have heard of an ID that its dictionary does not list. */
  private async ask(
    { cbr_id, isGuess }: Target,
    range: DateRange,
    stop: AbortSignal,
  ): Promise<CurrencySeries | undefined> {
    try {
      return await this.cbr.series(cbr_id, range, stop);
    } catch (thrown) {
      if (isGuess && thrown instanceof CbrError && thrown.isRefusal) return undefined;
      throw thrown;
    }
  }
}

function missing({ code, cbr_id }: Target, { code: failure, message }: CbrError): MissingCurrency {
  return { code, cbr_id, reason: `${message} (${failure})` };
}
