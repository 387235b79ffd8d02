import { Injectable } from '@nestjs/common';
import { type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../events/event-log.js';
import {
  type Checkpoint,
  isOvertaken,
  keepDocument,
  knownFixings,
  learnFromSheet,
  noteDailySetting,
  noteSheet,
  withKnownCodes,
  writeOutcomes,
} from '../storage/index.js';
import {
  compareFixing,
  compareReturned,
  type PublishedSheet,
  type QuarantinedSheetEntity,
  withoutWithdrawn,
} from '../model/index.js';
import { JumpGuard, settleHeldSheet, SheetGuard } from '../quarantine/index.js';
import {
  activeWithdrawal,
  endWithdrawal,
  deleteDenial,
  repeatsWithdrawn,
} from './sheet-withdrawals.js';

/** Result of recording a sheet. */
export interface RecordedSheet {
  effective_date: CalendarDate;
  /** Number of announced fixings, new or changed. */
  saved: number;
  unchanged: number;
  /** Items held for a decision: fixings, or the whole sheet. */
  quarantined: number;
  /** false if too many days before it are not loaded to distinguish a jump from a slow change. */
  isCompared: boolean;
  /** Item that holds the whole sheet, possibly with others; null if the sheet was recorded. */
  sheet_item_id: number | null;
}

/** Stores newly published sheets. */
@Injectable()
export class SheetRecorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly guard: JumpGuard,
    private readonly sheetGuard: SheetGuard,
    private readonly clock: Clock,
  ) {}

  /** Records a sheet in one transaction: its document, rates, revisions of replaced rates, and events. */
  record(sheet: PublishedSheet, checkpoint: Checkpoint): Promise<RecordedSheet> {
    const { effective_date, in_force_to, document } = sheet;
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const dated = sheet.fixings.map((fixing) => ({ ...fixing, effective_date }));
      const fixings = await withKnownCodes(unit, dated);
      const recorded_at = this.clock.now();
      await deleteDenial(unit, effective_date);
      const withdrawal = await activeWithdrawal(unit, effective_date);
      if (withdrawal?.cause === 'person' && (await repeatsWithdrawn(unit, sheet))) {
        return nothingRecorded(sheet);
      }
      if (withdrawal) await endWithdrawal(unit, withdrawal, recorded_at);
      const item = await this.sheetGuard.holdSheet(unit, { ...sheet, fixings }, recorded_at);
      if (item) return nothingTaken(sheet, item);
      await settleHeldSheet(unit, sheet, recorded_at);
      const today = moscowDate(recorded_at);
      const stored = await knownFixings(unit, sheet, today);
      const known = withdrawal
        ? new Map([...stored].map(([id, fixing]) => [id, withoutWithdrawn(fixing)]))
        : stored;
      const history = await isOvertaken(unit, effective_date, today);
      const document_id = await keepDocument(unit, document, { date: effective_date });
      const sighting = { document_id, recorded_at };
      const held = await this.guard.holdJumps(unit, { effective_date, fixings, known }, sighting);
      const taken = fixings.filter(({ cbr_id }) => !held.ids.has(cbr_id));
      const outcomes = taken.map((fixing) => {
        const before = known.get(fixing.cbr_id) ?? NOTHING_KNOWN;
        // The withdrawal was announced, so the return is too.
        return withdrawal
          ? compareReturned(fixing, before, history)
          : compareFixing(fixing, before, history);
      });
      await learnFromSheet(unit, taken);
      const changes = await writeOutcomes(unit, outcomes, { ...sighting, isHistory: history });
      // The days after this one belong to a later sheet.
      const last = history ? effective_date : in_force_to;
      await noteSheet(unit, { effective_date, in_force_to: last }, recorded_at);
      await noteDailySetting(unit, { ...sheet, in_force_to: last }, recorded_at);
      await this.eventLog.append(unit, changes);
      return {
        effective_date,
        saved: changes.length,
        unchanged: outcomes.length - changes.length,
        quarantined: held.waiting,
        isCompared: held.isCompared,
        sheet_item_id: null,
      };
    });
  }

  /**
   * Holds a sheet that needs confirmation; records no other sheet.
   *
   * @returns undefined if it may be recorded
   */
  holdShrunk(sheet: PublishedSheet, checkpoint: Checkpoint): Promise<RecordedSheet | undefined> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      if (await activeWithdrawal(unit, sheet.effective_date)) return undefined;
      const fixings = await withKnownCodes(unit, sheet.fixings);
      const item = await this.sheetGuard.holdSheet(unit, { ...sheet, fixings }, this.clock.now());
      return item && nothingTaken(sheet, item);
    });
  }

  /** Records that a known sheet was still in force on the requested day. */
  confirm(sheet: PublishedSheet, checkpoint: Checkpoint): Promise<void> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      await noteSheet(unit, sheet, this.clock.now());
    });
  }
}

function nothingRecorded({ effective_date, fixings }: PublishedSheet): RecordedSheet {
  const counts = { saved: 0, unchanged: fixings.length, quarantined: 0 };
  return { effective_date, ...counts, isCompared: true, sheet_item_id: null };
}

function nothingTaken(
  { effective_date }: PublishedSheet,
  { id, state }: QuarantinedSheetEntity,
): RecordedSheet {
  const quarantined = state === 'pending' ? 1 : 0;
  const counts = { saved: 0, unchanged: 0, quarantined };
  return { effective_date, ...counts, isCompared: true, sheet_item_id: id };
}

const NOTHING_KNOWN = { stored: undefined, superseded: undefined, previous: undefined };
