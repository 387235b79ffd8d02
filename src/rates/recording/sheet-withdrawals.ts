import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import type { Quotation } from '../../common/decimal.js';
import type { Unit } from '../../database/unit.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../events/event-log.js';
import { type Checkpoint, isStoredSheet, officialRevisions } from '../storage/index.js';
import {
  AlreadyWithdrawnError,
  DeniedSheetEntity,
  isSameQuotation,
  keepRevision,
  NoSheetError,
  QuarantineItemEntity,
  rateChange,
  RateEntity,
  type WithdrawalCause,
  WithdrawnSheetEntity,
} from '../model/index.js';
import { decide, heldOfSheet, withdrawLinesOn } from '../quarantine/index.js';

/** Shortest time between two denials that withdraw a sheet, in milliseconds. */
const DENIALS_APART_MS = 10 * 60_000;

/** Cause, reason and author of a withdrawal; `author` as in WithdrawnSheetEntity. */
interface Withdrawal {
  cause: WithdrawalCause;
  reason: string;
  author: string | null;
}

/** Result of a withdrawal. */
export interface WithdrawnSheet {
  date: CalendarDate;
  reason: string;
  withdrawn_at: Date;
  /** Number of deleted rates, each with an event. */
  withdrawn: number;
}

/** Result of a denial. */
export type DenialOutcome = 'noted' | 'withdrawn';

/** Withdraws sheets that the bank denies, or that a person rejects. */
@Injectable()
export class SheetWithdrawals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Withdraws a sheet on behalf of a person. It stays withdrawn until the bank sends other figures for its date.
   *
   * @throws NoSheetError, AlreadyWithdrawnError
   */
  withdraw(date: CalendarDate, reason: string, author: string | null): Promise<WithdrawnSheet> {
    return this.unitOfWork.run(async (unit) => {
      if (await activeWithdrawal(unit, date)) throw new AlreadyWithdrawnError(date);
      if (!(await isStoredSheet(unit, date))) {
        throw new NoSheetError(date, 'no sheet of that date is stored');
      }
      return this.takeOut(unit, date, { cause: 'person', reason, author });
    });
  }

  /**
   * Records that the bank returned an earlier sheet for exactly this date. The second denial, at least ten minutes
   * after the first, withdraws the sheet.
   */
  deny(date: CalendarDate, answered: CalendarDate, checkpoint: Checkpoint): Promise<DenialOutcome> {
    return this.unitOfWork.run(async (unit) => {
      await checkpoint(unit);
      const now = this.clock.now();
      const known = await unit.select(DeniedSheetEntity, 'denied').where({ date }).getOne();
      // After the clock was set back, counting restarts.
      const sinceMs = known ? now.getTime() - known.first_denied_at.getTime() : -1;
      if (sinceMs >= DENIALS_APART_MS) {
        const reason = `Asked for ${date} twice, the bank sent the sheet of ${answered}`;
        await this.takeOut(unit, date, { cause: 'bank', reason, author: null });
        return 'withdrawn';
      }
      if (sinceMs < 0) {
        await unit.delete(DeniedSheetEntity, { date });
        await unit.insert(DeniedSheetEntity, [{ date, first_denied_at: now }]);
      }
      return 'noted';
    });
  }

  /** The bank has the sheet, so earlier denials do not count. */
  async confirm(date: CalendarDate): Promise<void> {
    await this.unitOfWork.runWithoutVersionBump((unit) => deleteDenial(unit, date));
  }

  private async takeOut(
    unit: Unit,
    date: CalendarDate,
    { cause, reason, author }: Withdrawal,
  ): Promise<WithdrawnSheet> {
    const withdrawn_at = this.clock.now();
    const row = { date, cause, reason, withdrawn_by: author, withdrawn_at, restored_at: null };
    await unit.insert(WithdrawnSheetEntity, [row as WithdrawnSheetEntity]);
    const rates = await unit
      .select(RateEntity, 'rate')
      .where({ effective_date: date, source: 'cbr' })
      .orderBy('rate.code', 'ASC')
      .getMany();
    const supersession = { superseded_at: withdrawn_at, superseded_by: author };
    for (const rate of rates) {
      await keepRevision(unit, rate, { reason: 'withdrawn', ...supersession });
    }
    if (rates.length > 0) {
      await unit.delete(RateEntity, { id: In(rates.map(({ id }) => id)) });
    }
    const decision = { decided_at: withdrawn_at, decided_by: author };
    await decide(unit, await heldOfSheet(unit, date), { ...decision, state: 'withdrawn' });
    await withdrawLinesOn(unit, date, decision);
    await deleteDenial(unit, date);
    const changes = rates.map((rate) => rateChange('rate_deleted', rate, null));
    await this.eventLog.append(unit, changes);
    return { date, reason, withdrawn_at, withdrawn: rates.length };
  }
}

/** Active withdrawal of a date's sheet. */
export async function activeWithdrawal(
  unit: Unit,
  date: CalendarDate,
): Promise<WithdrawnSheetEntity | null> {
  return unit
    .select(WithdrawnSheetEntity, 'withdrawn')
    .where({ date, restored_at: IsNull() })
    .getOne();
}

/** Ends a withdrawal because the sheet is recorded again. */
export async function endWithdrawal(
  unit: Unit,
  { id }: WithdrawnSheetEntity,
  restored_at: Date,
): Promise<void> {
  await unit.update(WithdrawnSheetEntity, { id }, { restored_at });
}

/** Deletes a denial, so that the next one counts as the first. */
export async function deleteDenial(unit: Unit, date: CalendarDate): Promise<void> {
  const denied = unit.select(DeniedSheetEntity, 'denied').where({ date });
  if (await denied.getExists()) await unit.delete(DeniedSheetEntity, { date });
}

/** Figures of a date. */
interface WithdrawnFigures {
  effective_date: CalendarDate;
  fixings: readonly (Quotation & { cbr_id: string })[];
}

/** Whether a sheet has the same figures as the withdrawn one of its date. */
export async function repeatsWithdrawn(
  unit: Unit,
  { effective_date, fixings }: WithdrawnFigures,
): Promise<boolean> {
  const figures = new Map<string, Quotation>();
  const held = await unit
    .select(QuarantineItemEntity, 'held')
    .select(['held.cbr_id AS cbr_id', 'held.nominal AS nominal', 'held.value AS value'])
    .where({ effective_date, state: 'withdrawn' })
    .andWhere('held.value IS NOT NULL')
    .orderBy('held.id', 'ASC')
    .getRawMany<Quotation & { cbr_id: string }>();
  for (const row of held) figures.set(row.cbr_id, row);
  const ids = fixings.map(({ cbr_id }) => cbr_id);
  for (const row of await officialRevisions(unit, ids, effective_date)) {
    figures.set(row.cbr_id ?? '', row);
  }
  return fixings.every((fixing) => {
    const figure = figures.get(fixing.cbr_id);
    return figure !== undefined && isSameQuotation(figure, fixing);
  });
}

/**
 * Ends withdrawals that the bank's history contradicts: of a sheet that the bank denied, and of one that a person
 * withdrew if a figure differs.
 *
 * @returns the dates that count again; earlier figures of these dates do not
 */
export async function endContradicted(
  unit: Unit,
  figures: readonly (Quotation & { cbr_id: string; effective_date: CalendarDate })[],
  restored_at: Date,
): Promise<ReadonlySet<CalendarDate>> {
  const ended = new Set<CalendarDate>();
  const active = await unit
    .select(WithdrawnSheetEntity, 'withdrawn')
    .where({ restored_at: IsNull() })
    .getMany();
  for (const withdrawal of active) {
    const { date: effective_date, cause } = withdrawal;
    const fixings = figures.filter((figure) => figure.effective_date === effective_date);
    if (fixings.length === 0) continue;
    if (cause === 'person' && (await repeatsWithdrawn(unit, { effective_date, fixings }))) continue;
    await endWithdrawal(unit, withdrawal, restored_at);
    ended.add(effective_date);
  }
  return ended;
}
