import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { DaySheets } from './day-sheets.js';
import { DeniedSheets } from './denied-sheets.js';
import { MissingDays } from './missing-days.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/** Result for the newest sheet; if it is unusable, today's may still be available. */
type Newest =
  | { sheet: PublishedSheet; failure?: undefined }
  | { sheet: PublishedSheet | undefined; failure: CbrError };

/** Fetches the newest sheet. */
@Injectable()
export class NewestSheet {
  constructor(
    private readonly cbr: CbrClient,
    private readonly checks: SheetChecks,
    private readonly days: DaySheets,
    private readonly missing: MissingDays,
    private readonly denied: DeniedSheets,
  ) {}

  /** @throws CbrError if the bank does not answer, LateRunError, database errors */
  async fetchNewest(recording: Recording): Promise<Newest> {
    try {
      return { sheet: await this.undated(recording) };
    } catch (failure) {
      if (!(failure instanceof CbrError) || !failure.isBadAnswer) throw failure;
      return { failure, sheet: await this.ofToday(recording) };
    }
  }

  private async undated(recording: Recording): Promise<PublishedSheet> {
    // Read before the request: what another run records meanwhile makes this answer late, not stale.
    const known = await this.checks.newest();
    const sheet = await this.cbr.dailySheet(undefined, recording.options);
    if (known && sheet.effective_date < known.effective_date) {
      const { isDenied, remarks } = await this.denied.examine(sheet, recording);
      recording.totals.remarks.push(...remarks);
      if (!isDenied) await this.checks.rejectStale(sheet, known);
    }
    return sheet;
  }

  private async ofToday(recording: Recording): Promise<PublishedSheet | undefined> {
    const today = await this.missing.todayToAsk(recording);
    return today && (await this.days.of(today, recording)).sheet;
  }
}
