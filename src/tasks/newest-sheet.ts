import { Injectable } from '@nestjs/common';
import { CbrClient } from '../cbr/cbr.client.js';
import { CbrError } from '../cbr/cbr.errors.js';
import type { PublishedSheet } from '../rates/model/index.js';
import { DaySheets } from './day-sheets.js';
import { DeniedSheets } from './denied-sheets.js';
import { MissingDays } from './missing-days.js';
import type { Recording } from './recording.js';
import { SheetChecks } from './sheet-checks.js';

/** What the question for the newest sheet came to: where it cannot be used, that of today may be had. */
type Newest =
  | { sheet: PublishedSheet; failure?: undefined }
  | { sheet: PublishedSheet | undefined; failure: CbrError };

/** Asks for the newest sheet. */
@Injectable()
export class NewestSheet {
  constructor(
    private readonly cbr: CbrClient,
    private readonly checks: SheetChecks,
    private readonly days: DaySheets,
    private readonly missing: MissingDays,
    private readonly denied: DeniedSheets,
  ) {}

  /** @throws CbrError where the bank does not answer, LateRunError, or what the database throws */
  async ask(recording: Recording): Promise<Newest> {
    try {
      return { sheet: await this.undated(recording) };
    } catch (failure) {
      if (!(failure instanceof CbrError) || !failure.isBadAnswer) throw failure;
      return { failure, sheet: await this.ofToday(recording) };
    }
  }

  private async undated(recording: Recording): Promise<PublishedSheet> {
    // Before the question: what another run records meanwhile makes this answer late, not stale.
    const known = await this.checks.newest();
    const sheet = await this.cbr.dailySheet(undefined, recording.options);
    if (known && sheet.effective_date < known.effective_date) {
      const { isDenied, remarks } = await this.denied.examine(sheet, recording);
      recording.totals.remarks.push(...remarks);
      if (!isDenied) await this.checks.refuseStale(sheet, known);
    }
    return sheet;
  }

  private async ofToday(recording: Recording): Promise<PublishedSheet | undefined> {
    const today = await this.missing.todayToAsk(recording);
    return today && (await this.days.of(today, recording)).sheet;
  }
}
