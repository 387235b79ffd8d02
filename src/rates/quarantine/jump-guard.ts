import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Settings } from '../../config/settings.js';
import type { Unit } from '../../database/unit.js';
import type { DatedFixing } from '../storage/index.js';
import { type DatedQuotation, isJump } from './jump.js';
import { heldOfSheet } from './stored-quarantine.js';
import { decide } from './quarantine-decision.js';
import {
  isSameQuotation,
  type KnownFixing,
  publishedBefore,
  QuarantinedFixingEntity,
} from '../model/index.js';
import { PreviousFixings } from './previous-fixings.js';

/** Document and time of a sheet. */
interface Sighting {
  document_id: number;
  recorded_at: Date;
}

/** Fixings of a sheet that must not be recorded. */
interface HeldFixings {
  /** By the bank's ID. */
  ids: ReadonlySet<string>;
  /** Number of pending ones; the others were rejected before. */
  waiting: number;
  /** Whether figures of a new date could be compared with previous ones. */
  isCompared: boolean;
}

/** Fixings of one date, and the stored facts of each, by the bank's ID. */
interface SheetToJudge {
  effective_date: CalendarDate;
  fixings: readonly DatedFixing[];
  known: ReadonlyMap<string, KnownFixing>;
}

/**
 * Holds fixings that change by more than JUMP_LIMIT_PERCENT, or have another letter code than before, for a person's
 * decision. They are compared with the bank's last figure, unaffected by edits: a correction with the figure that it
 * replaces, a new date with the currency's previous figure. A currency without one passes.
 */
@Injectable()
export class JumpGuard {
  constructor(private readonly settings: Settings) {}

  /**
   * Holds fixings of a sheet, and withdraws held ones, pending or rejected, that the bank has replaced by other
   * figures.
   */
  async holdJumps(unit: Unit, sheet: SheetToJudge, sighting: Sighting): Promise<HeldFixings> {
    const { effective_date, fixings, known } = sheet;
    const before = await PreviousFixings.before(unit, effective_date);
    const heldBefore = await heldOfSheet(unit, effective_date);
    const ids = new Set<string>();
    let waiting = 0;
    const jumps: QuarantinedFixingEntity[] = [];
    for (const fixing of fixings) {
      const ofFixing = heldBefore.filter(({ cbr_id }) => cbr_id === fixing.cbr_id);
      const same = ofFixing.find((row) => row.code === fixing.code && isSameQuotation(row, fixing));
      const published = publishedBefore(known.get(fixing.cbr_id));
      const yardstick = published ? { ...published, effective_date } : before.of(fixing);
      const isHeld = same?.state === 'rejected' || this.mustWait(fixing, yardstick, before);
      if (isHeld) ids.add(fixing.cbr_id);
      if (isHeld && same?.state !== 'rejected') waiting += 1;
      if (isHeld && yardstick && !same) jumps.push(heldRow(fixing, yardstick, sighting));
      await this.settle(unit, { ofFixing, same, isHeld, decided_at: sighting.recorded_at });
    }
    await unit.insert(QuarantinedFixingEntity, jumps);
    const isCompared = isAllKnown(known) || before.isEmpty || before.reach(effective_date);
    return { ids, waiting, isCompared };
  }

  /** Whether a fixing needs confirmation, compared with `yardstick`. */
  mustWait(
    fixing: DatedFixing,
    yardstick: DatedQuotation | undefined,
    before: PreviousFixings,
  ): boolean {
    const { JUMP_LIMIT_PERCENT: percent } = this.settings;
    if (!yardstick) return false;
    if (before.hasOtherCode(fixing)) return true;
    const { effective_date: day } = fixing;
    const isComparable = yardstick.effective_date === day || before.reach(day);
    return percent > 0 && isComparable && isJump(yardstick, fixing, percent);
  }

  private async settle(
    unit: Unit,
    {
      ofFixing,
      same,
      isHeld,
      decided_at,
    }: {
      ofFixing: QuarantinedFixingEntity[];
      same: QuarantinedFixingEntity | undefined;
      isHeld: boolean;
      decided_at: Date;
    },
  ): Promise<void> {
    const replaced = ofFixing.filter((row) => row !== same);
    await decide(unit, replaced, { state: 'withdrawn', decided_at, decided_by: null });
    if (isHeld || same?.state !== 'pending') return;
    // It no longer jumps, as the previous figure has been corrected.
    await decide(unit, [same], { state: 'accepted', decided_at, decided_by: null });
  }
}

/** Whether the bank's figure of the same date is stored for every fixing. */
function isAllKnown(known: ReadonlyMap<string, KnownFixing>): boolean {
  return [...known.values()].every((each) => publishedBefore(each) !== undefined);
}

function heldRow(
  { cbr_id, code, num_code, name, nominal, value, effective_date }: DatedFixing,
  yardstick: DatedQuotation,
  { document_id, recorded_at }: Sighting,
): QuarantinedFixingEntity {
  return Object.assign(new QuarantinedFixingEntity(), {
    kind: 'fixing' as const,
    ...{ cbr_id, code, num_code, name, nominal, value, effective_date, document_id },
    previous_value: yardstick.value,
    previous_nominal: yardstick.nominal,
    previous_date: yardstick.effective_date,
    held_at: recorded_at,
    state: 'pending' as const,
    decided_at: null,
    decided_by: null,
  });
}
