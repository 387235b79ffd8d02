import { Injectable } from '@nestjs/common';
import type { DateRange } from '../common/date-range.js';
import { CbrError } from '../cbr/cbr.errors.js';
import { IN_EVERY_SHEET, type PublishedSheet } from '../rates/model/index.js';
import type { BackfillClaim } from './backfill-claim.js';
import { BackfillClaims } from './backfill-claims.js';
import { BackfillQueue } from './backfill-queue.js';
import type { BackfillReport, BackfillStep, MissingCurrency } from './backfill-report.js';
import { type BackfillRequest, daysToLoad, requestKey, type Target } from './backfill-plan.js';
import { BackfillTargets, type FoundTargets } from './backfill-targets.js';
import { CurrencyLoad, type LoadContext } from './currency-load.js';
import { PendingHistory } from './pending-history.js';
import { differences } from './self-check.js';

const NOTHING_YET = { added: 0, corrected: 0, unchanged: 0 };

interface Run {
  context: LoadContext;
  newest: PublishedSheet;
  claim: BackfillClaim;
  report: BackfillReport;
  step: (target: Target, added: number, corrected: number) => void;
}

/** Loads history with one request for each currency, over all requested days. */
@Injectable()
export class Backfill {
  constructor(
    private readonly targets: BackfillTargets,
    private readonly claims: BackfillClaims,
    private readonly queue: BackfillQueue,
    private readonly currencies: CurrencyLoad,
    private readonly pending: PendingHistory,
  ) {}

  /** Whether any process is loading history. */
  isUnderWay(): Promise<boolean> {
    return this.claims.isTaken();
  }

  /**
   * Loads the days before the newest sheet. Takes over from another run unless the request yields. Skips what an
   * interrupted run of the same request has finished. A currency that fails is retried once at the end, then
   * reported as missing; while the bank must not be asked, the run waits, up to minutes.
   *
   * @param newest from a fetch just made
   * @throws CbrError if the dictionary cannot be fetched, TakenOverError, ImpossibleBackfillError, database errors
   */
  async run(
    request: BackfillRequest,
    newest: PublishedSheet,
    onStep: (step: BackfillStep) => void,
    stop: AbortSignal,
  ): Promise<BackfillReport> {
    const range = daysToLoad(request, newest.effective_date);
    const found = await this.targets.find(request.codes, newest, stop);
    const claim = await this.claims.claim(requestKey(range, request), request.yields ?? false);
    try {
      await this.targets.learn(found, claim.checkpoint);
      const finished = await claim.finished();
      const left = found.targets.filter(({ cbr_id }) => !finished.has(cbr_id));
      const total = found.targets.length;
      let done = total - left.length;
      const run: Run = {
        ...{ context: await this.contextOf({ range, found, newest, claim, stop }), newest, claim },
        report: { range, ...NOTHING_YET, resumed: done, missing: [], differences: [] },
        step: ({ code }, added, corrected) => {
          onStep({ done: ++done, total, code, added, corrected });
        },
      };
      await this.loadAll(left, run);
      await this.learnCalendar(run);
      if (run.report.missing.length === 0) {
        await claim.deleteFinished();
        if (!request.codes) await this.pending.settle(range, newest.effective_date);
      }
      return run.report;
    } finally {
      await claim.release();
    }
  }

  private async loadAll(targets: readonly Target[], run: Run): Promise<void> {
    const load = (target: Target) => this.load(target, run);
    const failed = await this.queue.work(targets, load, run.context.stop);
    const failedTwice = await this.queue.work([...failed.keys()], load, run.context.stop);
    run.report.missing = [...failedTwice]
      .map(([target, error]) => missing(target, error))
      .sort((one, other) => (one.code < other.code ? -1 : 1));
    run.report.differences.sort();
  }

  private async load(target: Target, { context, newest, claim, report, step }: Run): Promise<void> {
    const { series, ...recorded } = await this.currencies.load(target, context);
    report.added += recorded.added;
    report.corrected += recorded.corrected;
    report.unchanged += recorded.unchanged;
    if (series?.range.to === newest.effective_date) {
      report.differences.push(...differences(target, series, newest));
    }
    await claim.markFinished(target.cbr_id);
    step(target, recorded.added, recorded.corrected);
  }

  /** How long fixings hold depends on the days of sheets, whichever currencies are requested. */
  private async learnCalendar({ context, report }: Run): Promise<void> {
    if (report.missing.some(({ cbr_id }) => cbr_id === IN_EVERY_SHEET)) return;
    try {
      await this.currencies.learnCalendar(context);
    } catch (thrown) {
      if (!(thrown instanceof CbrError) || context.stop.aborted) throw thrown;
      report.missing.push(missing({ code: 'USD', cbr_id: IN_EVERY_SHEET }, thrown));
    }
  }

  private async contextOf({ range, found, newest, claim, stop }: Begun): Promise<LoadContext> {
    const { checkpoint } = claim;
    const ids = new Set(found.targets.flatMap(({ cbr_id, answersFor }) => [cbr_id, ...answersFor]));
    const known = await this.currencies.loadedDays();
    return { range, ids, known, newest: newest.effective_date, checkpoint, stop };
  }
}

/** State at the start of a run. */
interface Begun {
  range: DateRange;
  found: FoundTargets;
  newest: PublishedSheet;
  claim: BackfillClaim;
  stop: AbortSignal;
}

function missing(
  { code, cbr_id }: Pick<Target, 'code' | 'cbr_id'>,
  { code: failure, message }: CbrError,
): MissingCurrency {
  return { code, cbr_id, reason: `${message} (${failure})` };
}
