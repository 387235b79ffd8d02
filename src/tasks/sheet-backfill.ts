import { Injectable } from '@nestjs/common';
import type { CbrError } from '../cbr/cbr.errors.js';
import { daysBetween } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { LAST_MONTHLY_DAY, type PublishedSheet } from '../rates/model/index.js';
import type { RecordedHistory } from '../rates/recording/index.js';
import type { BackfillClaim } from './backfill-claim.js';
import { BackfillClaims } from './backfill-claims.js';
import { type BackfillRequest, daysToLoad, requestKey, type Target } from './backfill-plan.js';
import { BackfillQueue } from './backfill-queue.js';
import type { BackfillReport, BackfillStep } from './backfill-report.js';
import { BackfillTargets, type FoundTargets } from './backfill-targets.js';
import { CurrencyLoad, type LoadContext } from './currency-load.js';
import { type SheetsContext, SheetYears } from './sheet-years.js';

/** Context of a run. */
interface Run {
  range: DateRange;
  found: FoundTargets;
  claim: BackfillClaim;
  context: LoadContext;
  report: BackfillReport;
}

/** Loads history sheet by sheet: every day gets its own document, with the order and names of its time. */
@Injectable()
export class SheetBackfill {
  constructor(
    private readonly targets: BackfillTargets,
    private readonly claims: BackfillClaims,
    private readonly queue: BackfillQueue,
    private readonly currencies: CurrencyLoad,
    private readonly years: SheetYears,
  ) {}

  /**
   * Loads the sheets of the days before the newest one. Takes over from another run, and skips what an interrupted
   * run of the same days has loaded. Currencies set monthly before 2010 are in no sheet: they are loaded from their
   * series.
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
    const found = await this.targets.find(undefined, newest, stop);
    const claim = await this.claims.claim(`${requestKey(range, request)} by sheets`, false);
    try {
      const { checkpoint } = claim;
      await this.targets.learn(found, checkpoint);
      const ids = new Set(
        found.targets.flatMap(({ cbr_id, answersFor }) => [cbr_id, ...answersFor]),
      );
      const known = await this.currencies.loadedDays();
      const context = { range, ids, known, newest: newest.effective_date, checkpoint, stop };
      const report = emptyReport(range);
      const run: Run = { range, found, claim, context, report };
      await this.loadMonthly(found.targets, run);
      await this.loadSheets(run, onStep);
      await this.loadMonthly(await this.targets.strays(found), run);
      report.missing.sort((one, other) => (one.code < other.code ? -1 : 1));
      if (report.missing.length === 0) await claim.deleteFinished();
      return report;
    } finally {
      await claim.release();
    }
  }

  private async loadMonthly(targets: readonly Target[], run: Run): Promise<void> {
    const { range, claim, context, report } = run;
    if (range.from > LAST_MONTHLY_DAY) return;
    const finished = await claim.finished();
    const left = targets.filter(({ cbr_id }) => !finished.has(cbr_id));
    const load = async (target: Target) => {
      count(report, await this.currencies.loadMonthly(target, context));
      await claim.markFinished(target.cbr_id);
    };
    const failed = await this.queue.work(left, load, context.stop);
    for (const [{ cbr_id, code }, error] of await this.queue.work(
      [...failed.keys()],
      load,
      context.stop,
    )) {
      report.missing.push({ code, cbr_id, reason: reasonOf(error) });
    }
  }

  private async loadSheets(
    { range, context, report }: Run,
    onStep: (step: BackfillStep) => void,
  ): Promise<void> {
    const total = daysBetween(range.from, range.to) + 1;
    let done = 0;
    const sheets: SheetsContext = {
      checkpoint: context.checkpoint,
      stop: context.stop,
      onDays: (days, sheet, recorded) => {
        done += days;
        count(report, recorded);
        onStep({ done, total, code: sheet, added: recorded.added, corrected: recorded.corrected });
      },
    };
    const years = await this.years.begin(range, sheets);
    const left = years.reduce((days, { from, next }) => days + daysBetween(from, next) + 1, 0);
    report.resumed = total - left;
    done = report.resumed;
    const load = (year: (typeof years)[number]) => this.years.load(year, sheets);
    const failed = await this.queue.work(years, load, context.stop);
    const failedTwice = await this.queue.work([...failed.keys()], load, context.stop);
    for (const [{ from, next }, error] of failedTwice) {
      const code = `${from}…${next}`;
      report.missing.push({ code, cbr_id: 'sheets', reason: reasonOf(error) });
    }
    if (failedTwice.size > 0) return;
    for (const [day, error] of await this.years.loadRest(range, sheets)) {
      report.missing.push({ code: day, cbr_id: 'sheet', reason: reasonOf(error) });
    }
    if (report.missing.length === 0) await this.years.end(years, sheets);
  }
}

function emptyReport(range: DateRange): BackfillReport {
  const nothing = { added: 0, corrected: 0, unchanged: 0, resumed: 0 };
  return { range, ...nothing, missing: [], differences: [] };
}

function count(report: BackfillReport, recorded: RecordedHistory): void {
  report.added += recorded.added;
  report.corrected += recorded.corrected;
  report.unchanged += recorded.unchanged;
}

function reasonOf({ code, message }: CbrError): string {
  return `${message} (${code})`;
}
