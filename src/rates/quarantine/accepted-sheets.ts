import { Injectable } from '@nestjs/common';
import { moscowDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import { type AcceptedFixing, AcceptedFixings } from './accepted-fixings.js';
import type { HeldSheetLineEntity } from '../model/index.js';
import { JumpGuard } from './jump-guard.js';
import { knownFixings } from '../storage/index.js';

/** Result of recording held sheets. */
interface RecordedLines {
  fixings: AcceptedFixing[];
  /** Number of events. */
  saved: number;
}

/** Records accepted sheets in the same way as a fetch. */
@Injectable()
export class AcceptedSheets {
  constructor(
    private readonly accepted: AcceptedFixings,
    private readonly guard: JumpGuard,
  ) {}

  /**
   * Records accepted lines, sheet by sheet. A jump among them is held separately: accepting a set of currencies does
   * not confirm every figure.
   *
   * @param lines ordered by day
   */
  async record(
    unit: Unit,
    lines: readonly HeldSheetLineEntity[],
    recorded_at: Date,
  ): Promise<RecordedLines> {
    const recorded: RecordedLines = { fixings: [], saved: 0 };
    for (const fixings of sheetsOf(lines)) {
      const [first] = fixings;
      if (!first) continue;
      const { effective_date, document_id } = first;
      const known = await knownFixings(unit, { effective_date, fixings }, moscowDate(recorded_at));
      const sheet = { effective_date, fixings, known };
      const held = await this.guard.holdJumps(unit, sheet, { document_id, recorded_at });
      const taken = fixings.filter(({ cbr_id }) => !held.ids.has(cbr_id));
      recorded.saved += await this.accepted.record(unit, taken, recorded_at);
      recorded.fixings.push(...taken);
    }
    return recorded;
  }
}

/** Groups fixings by date. */
function sheetsOf(lines: readonly HeldSheetLineEntity[]): AcceptedFixing[][] {
  const sheets = new Map<string, AcceptedFixing[]>();
  for (const { cbr_id, code, num_code, name, nominal, value, ...line } of lines) {
    if (name === null || nominal === null || value === null) continue;
    const { effective_date, document_id } = line;
    const fixing = { cbr_id, code, num_code, name, nominal, value, effective_date, document_id };
    const sheet = sheets.get(effective_date);
    if (sheet) sheet.push(fixing);
    else sheets.set(effective_date, [fixing]);
  }
  return [...sheets.values()];
}
