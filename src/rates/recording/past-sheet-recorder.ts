import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { Unit } from '../../database/unit.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../events/event-log.js';
import {
  type Checkpoint,
  type DatedFixing,
  keepDocument,
  learnFromOldSheet,
  noteDailySetting,
  noteSheet,
  withKnownCodes,
  writeOutcomes,
} from '../storage/index.js';
import {
  compareFixing,
  isSameQuotation,
  type KnownFixing,
  type PublishedSheet,
  RateEntity,
  RateRevisionEntity,
  withoutWithdrawn,
} from '../model/index.js';
import {
  heldOfSheet,
  isSameSet,
  linesOn,
  settleByHistory,
  settleHeldSheet,
} from '../quarantine/index.js';
import type { RecordedHistory } from './history-recorder.js';
import { endContradicted } from './sheet-withdrawals.js';

/**
 * Stores a past sheet. As for series, new fixings create no events, as nothing in force changes; differences are
 * corrections. Nothing is held: the bank has not corrected these figures since.
 */
@Injectable()
export class PastSheetRecorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Records a sheet older than the newest, in one transaction. Idempotent. */
  record(sheet: PublishedSheet, checkpoint: Checkpoint): Promise<RecordedHistory> {
    const { effective_date, document } = sheet;
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const recorded_at = this.clock.now();
      if (await isRejected(unit, sheet)) return nothingRecorded(sheet);
      const document_id = await keepDocument(unit, document, { date: effective_date });
      const dated = sheet.fixings.map((fixing) => ({ ...fixing, effective_date }));
      const fixings = await withKnownCodes(unit, dated);
      const held = await heldRecords(unit, effective_date, fixings);
      const rejected = new Set(
        held
          .filter(({ row, isSame }) => isSame && row.state === 'rejected')
          .map(({ record }) => record),
      );
      const taken = fixings.filter((fixing) => !rejected.has(fixing));
      const returned = await endContradicted(unit, taken, recorded_at);
      const stored = await knownOfSheet(unit, effective_date);
      const known = (cbr_id: string) =>
        returned.has(effective_date) ? withoutWithdrawn(stored(cbr_id)) : stored(cbr_id);
      const outcomes = taken.map((fixing) =>
        compareFixing(keepingCode(fixing, known(fixing.cbr_id)), known(fixing.cbr_id), true),
      );
      await learnFromOldSheet(unit, taken);
      const origin = { document_id, recorded_at, isHistory: true };
      const changes = await writeOutcomes(unit, outcomes, origin);
      await settleByHistory(unit, held, recorded_at);
      await settleHeldSheet(unit, sheet, recorded_at);
      await noteSheet(unit, sheet, recorded_at);
      await noteDailySetting(unit, sheet, recorded_at);
      await this.eventLog.append(unit, changes);
      const added = outcomes.filter(({ kind }) => kind === 'quiet').length;
      const corrected = changes.length;
      return { added, corrected, unchanged: outcomes.length - added - corrected };
    });
  }
}

/** A sheet that was rejected stays out until the bank sends other currencies for its date. */
async function isRejected(
  unit: Unit,
  { effective_date, fixings }: PublishedSheet,
): Promise<boolean> {
  const lines = await linesOn(unit, effective_date);
  return lines.some(({ state }) => state === 'rejected') && isSameSet(lines, fixings);
}

function nothingRecorded({ fixings }: PublishedSheet): RecordedHistory {
  return { added: 0, corrected: 0, unchanged: fixings.length };
}

/** Rates are requested by their original code: rereading a sheet does not change it. */
function keepingCode(fixing: DatedFixing, { stored }: KnownFixing): DatedFixing {
  return stored ? { ...fixing, code: stored.code } : fixing;
}

async function heldRecords(
  unit: Unit,
  date: CalendarDate,
  fixings: readonly DatedFixing[],
): Promise<Parameters<typeof settleByHistory>[1]> {
  const rows = await heldOfSheet(unit, date);
  return rows.flatMap((row) => {
    const record = fixings.find(({ cbr_id }) => cbr_id === row.cbr_id);
    return record ? [{ row, record, isSame: isSameQuotation(record, row) }] : [];
  });
}

/** Stored facts of the sheet's date, by the bank's ID. */
async function knownOfSheet(
  unit: Unit,
  date: CalendarDate,
): Promise<(cbr_id: string) => KnownFixing> {
  const stored = await unit
    .select(RateEntity, 'rate')
    .where('rate.effective_date = :date AND rate.cbr_id IS NOT NULL', { date })
    .getMany();
  const superseded = await unit
    .select(RateRevisionEntity, 'revision')
    .where("revision.effective_date = :date AND revision.source = 'cbr'", { date })
    .orderBy('revision.id', 'ASC')
    .getMany();
  const storedOf = new Map(stored.map((row) => [row.cbr_id, row]));
  const supersededOf = new Map(superseded.map((row) => [row.cbr_id, row]));
  return (cbr_id) => ({
    stored: storedOf.get(cbr_id),
    superseded: supersededOf.get(cbr_id),
    previous: undefined,
  });
}
