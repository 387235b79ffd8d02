import { Injectable } from '@nestjs/common';
import { Reader } from '../database/reader.js';
import { heldSheets } from '../rates/model/index.js';
import { heldSheetRemark } from './held-sheet-remark.js';
import { MissingDays } from './missing-days.js';
import { SheetChecks } from './sheet-checks.js';

/** Remarks that every run repeats until an operator has acted. */
@Injectable()
export class StandingRemarks {
  constructor(
    private readonly reader: Reader,
    private readonly checks: SheetChecks,
    private readonly missing: MissingDays,
  ) {}

  async standing(): Promise<string[]> {
    const newest = (await this.checks.newest())?.effective_date;
    const held = (await heldSheets(this.reader))
      .filter(({ sheet, contents }) => {
        // While the newest sheet is not recorded, rates get old: also name a rejected one.
        return sheet.state === 'pending' || contents.dates.some((date) => date === newest);
      })
      .map(heldSheetRemark);
    const missing = await this.missing.remark();
    return missing === undefined ? held : [...held, missing];
  }
}
