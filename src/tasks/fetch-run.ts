import { Injectable } from '@nestjs/common';
import type { RequestOptions } from '../cbr/request-options.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { FetchLedger } from './fetch-ledger.js';
import type { FetchTotals } from './fetch-report.js';
import { MissedDays } from './missed-days.js';
import { NewestSheet } from './newest-sheet.js';
import { StandingRemarks } from './standing-remarks.js';
import { LateRunError } from './tasks.errors.js';
import { TodaysSheet } from './todays-sheet.js';

export { nothingFetched } from './recording.js';

/** One fetch, from asking the bank to the last commit. */
@Injectable()
export class FetchRun {
  constructor(
    private readonly ledger: FetchLedger,
    private readonly newestSheet: NewestSheet,
    private readonly days: MissedDays,
    private readonly remarks: StandingRemarks,
    private readonly today: TodaysSheet,
  ) {}

  /**
   * Records missed sheets, oldest first, then the newest, then days that failed before. A day that fails does not
   * keep others out.
   *
   * If a run that started later, of a service or a command, has recorded first, this run's answers are outdated and
   * it asks again.
   *
   * @param totals grows with every sheet that is recorded
   * @returns the newest sheet
   * @throws CbrError if the newest sheet cannot be fetched, database errors
   */
  async run(totals: FetchTotals, options: RequestOptions): Promise<PublishedSheet> {
    for (;;) {
      try {
        return await this.attempt(totals, options);
      } catch (thrown) {
        if (!(thrown instanceof LateRunError)) throw thrown;
      }
    }
  }

  /** @throws also LateRunError */
  private async attempt(totals: FetchTotals, options: RequestOptions): Promise<PublishedSheet> {
    totals.remarks = [];
    const checkpoint = await this.ledger.begin();
    const recording = { totals, options, checkpoint, heldItems: new Set<number>() };
    const { sheet, failure } = await this.newestSheet.fetchNewest(recording);
    if (sheet) {
      const { isAnswering, isTodaySettled } = await this.days.recordUpTo(sheet, recording);
      if (isAnswering && isTodaySettled) await this.today.lookAgain(sheet, recording);
    }
    totals.remarks.push(...(await this.remarks.standing()));
    if (failure) throw failure;
    return sheet;
  }
}
