import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Clock } from '../../common/clock.js';
import type { Unit } from '../../database/unit.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AcceptedFixings } from './accepted-fixings.js';
import { AcceptedSheets } from './accepted-sheets.js';
import type { DatedFixing } from '../storage/index.js';
import { isHeld, linesOf } from './held-sheets.js';
import {
  AlreadyDecidedError,
  itemsWithContents,
  NotQuarantinedError,
  QuarantinedFixingEntity,
  QuarantinedSheetEntity,
  type QuarantineItem,
  QuarantineItemEntity,
} from '../model/index.js';
import { decide, type Decision } from './quarantine-decision.js';

/** Decision of a person on one item, or on all pending fixings of its sheet. */
export interface Verdict {
  state: 'accepted' | 'rejected';
  /** Has no effect on an item of kind `sheet`. */
  isWholeSheet: boolean;
  /** Name of an API key; null without a key. */
  decided_by: string | null;
}

/** Result of a decision. */
export interface VerdictOutcome {
  decided: QuarantineItem[];
  /** Later fixings of the same currencies that no longer jump after the acceptance, and were recorded too. */
  released: QuarantinedFixingEntity[];
  /** Number of events. */
  saved: number;
}

/** What was recorded for accepted items. */
interface Recorded {
  fixings: readonly DatedFixing[];
  saved: number;
}

/** Applies decisions on held items. */
@Injectable()
export class QuarantineService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly fixings: AcceptedFixings,
    private readonly sheets: AcceptedSheets,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepting records an item in the same way as a fetch; a rejected item may still be accepted. Repeating a decision
   * changes nothing.
   *
   * @throws NotQuarantinedError, AlreadyDecidedError
   */
  decide(id: number, { state, isWholeSheet, decided_by }: Verdict): Promise<VerdictOutcome> {
    return this.unitOfWork.run(async (unit) => {
      const row = await unit.select(QuarantineItemEntity, 'item').where({ id }).getOne();
      if (!isItem(row)) throw new NotQuarantinedError(id);
      const isOpen = row.state === 'pending' || (row.state === 'rejected' && state === 'accepted');
      if (!isOpen && row.state !== state) throw new AlreadyDecidedError(id, row.state);
      const decision = { state, decided_at: this.clock.now(), decided_by };
      const isSheet = row instanceof QuarantinedSheetEntity;
      const others = isWholeSheet && !isSheet ? await waitingBeside(unit, row) : [];
      const recorded = isSheet
        ? await this.decideSheet(unit, isOpen ? [row] : [], decision)
        : await this.decideFixings(unit, isOpen ? [row, ...others] : others, decision);
      const released = await this.fixings.release(unit, recorded.fixings, decision);
      return {
        decided: await itemsWithContents(unit, [row, ...others]),
        released: released.fixings,
        saved: recorded.saved + released.saved,
      };
    });
  }

  /** @param rows of one date */
  private async decideFixings(
    unit: Unit,
    rows: QuarantinedFixingEntity[],
    decision: Decision,
  ): Promise<Recorded> {
    await decide(unit, rows, decision);
    if (decision.state !== 'accepted') return NOTHING;
    return { fixings: rows, saved: await this.fixings.record(unit, rows, decision.decided_at) };
  }

  private async decideSheet(
    unit: Unit,
    items: QuarantinedSheetEntity[],
    decision: Decision,
  ): Promise<Recorded> {
    const [item] = items;
    if (!item) return NOTHING;
    const lines = (await linesOf(unit, item.id)).filter(isHeld);
    await decide(unit, [item, ...lines], decision);
    if (decision.state !== 'accepted') return NOTHING;
    return this.sheets.record(unit, lines, decision.decided_at);
  }
}

const NOTHING: Recorded = { fixings: [], saved: 0 };

/** Lines of a held sheet can only be decided with their item. */
function isItem(
  row: QuarantineItemEntity | null,
): row is QuarantinedFixingEntity | QuarantinedSheetEntity {
  return row instanceof QuarantinedFixingEntity || row instanceof QuarantinedSheetEntity;
}

/** Other pending fixings of the same sheet. */
function waitingBeside(
  unit: Unit,
  { id, effective_date }: QuarantinedFixingEntity,
): Promise<QuarantinedFixingEntity[]> {
  return unit
    .select(QuarantinedFixingEntity, 'held')
    .where({ effective_date, state: 'pending', id: Not(id) })
    .orderBy('held.id', 'ASC')
    .getMany();
}
