import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { addDays, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { Unit } from '../database/unit.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLog } from '../events/event-log.js';
import { learnFromSheet } from './currency-book.js';
import { writeOutcomes } from './fixing-writer.js';
import { JumpGuard } from './jump-guard.js';
import { decide, type Decision, pendingFrom } from './quarantine-book.js';
import { QuarantinedFixingEntity } from './quarantined-fixing.entity.js';
import { RateEntity } from './rate.entity.js';
import { AlreadyDecidedError, NotQuarantinedError } from './rates.errors.js';
import { compareFixing } from './sheet-difference.js';
import { knownFixings } from './sheet-memory.js';
import { Yardsticks } from './yardsticks.js';

/** What a person decides: about one held fixing, or about all that wait of its sheet. */
export interface Verdict {
  state: 'accepted' | 'rejected';
  isWholeSheet: boolean;
  /** The name of an API key; null where none was needed. */
  decided_by: string | null;
}

/** What came of it. */
export interface VerdictOutcome {
  decided: QuarantinedFixingEntity[];
  /** Later fixings of the same currencies that are no jump after what was accepted, and were recorded too. */
  released: QuarantinedFixingEntity[];
  /** How many events were sent. */
  saved: number;
}

/** Lets people decide about what the jump guard holds. */
@Injectable()
export class QuarantineService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly guard: JumpGuard,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepting records what the bank published as a fetch would have; what was rejected may still be
   * accepted. Saying the same again changes nothing.
   *
   * @throws NotQuarantinedError, AlreadyDecidedError
   */
  decide(id: number, { state, isWholeSheet, decided_by }: Verdict): Promise<VerdictOutcome> {
    return this.unitOfWork.run(async (unit) => {
      const row = await unit.select(QuarantinedFixingEntity, 'held').where({ id }).getOne();
      if (!row) throw new NotQuarantinedError(id);
      const isOpen = row.state === 'pending' || (row.state === 'rejected' && state === 'accepted');
      if (!isOpen && row.state !== state) throw new AlreadyDecidedError(id, row.state);
      const others = isWholeSheet ? await waitingBeside(unit, row) : [];
      const open = isOpen ? [row, ...others] : others;
      const decision = { state, decided_at: this.clock.now(), decided_by };
      if (state === 'rejected') {
        await decide(unit, open, decision);
        return { decided: [row, ...others], released: [], saved: 0 };
      }
      let saved = await this.accept(unit, open, decision);
      const released: QuarantinedFixingEntity[] = [];
      for (const { cbr_id, effective_date } of open) {
        for (const later of await pendingFrom(unit, cbr_id, addDays(effective_date, 1))) {
          const before = await Yardsticks.before(unit, later.effective_date, [later.code]);
          if (this.guard.mustWait(later, before.of(later), before)) continue;
          saved += await this.accept(unit, [later], decision);
          released.push(later);
        }
      }
      return { decided: [row, ...others], released, saved };
    });
  }

  /** Records the held fixings of one date; returns how many events that were. */
  private async accept(
    unit: Unit,
    rows: readonly QuarantinedFixingEntity[],
    decision: Decision,
  ): Promise<number> {
    const [first] = rows;
    if (!first) return 0;
    const sheet = { effective_date: first.effective_date, fixings: [...rows] };
    const known = await knownFixings(unit, sheet, moscowDate(decision.decided_at));
    const overtaken = await setLater(unit, rows, first.effective_date);
    let events = 0;
    for (const row of rows) {
      const { id: _, ...fixing } = row;
      const isHistory = overtaken.has(row.cbr_id);
      const outcome = compareFixing(fixing, known.get(row.cbr_id) ?? NOTHING_KNOWN, isHistory);
      const origin = { document_id: row.document_id, recorded_at: decision.decided_at, isHistory };
      const changes = await writeOutcomes(unit, [outcome], origin);
      await this.eventLog.append(unit, changes);
      events += changes.length;
    }
    await learnFromSheet(unit, rows);
    await decide(unit, rows, decision);
    return events;
  }
}

const NOTHING_KNOWN = { stored: undefined, superseded: undefined, previous: undefined };

/** The other fixings that wait of the same sheet. */
function waitingBeside(
  unit: Unit,
  { id, effective_date }: QuarantinedFixingEntity,
): Promise<QuarantinedFixingEntity[]> {
  return unit
    .select(QuarantinedFixingEntity, 'held')
    .where({ effective_date, state: 'pending' })
    .andWhere('held.id <> :id', { id })
    .orderBy('held.id', 'ASC')
    .getMany();
}

/** Those of the currencies that were set on a later day already: what is accepted now changes nothing in force. */
async function setLater(
  unit: Unit,
  rows: readonly QuarantinedFixingEntity[],
  date: string,
): Promise<Set<string>> {
  const later = await unit
    .select(RateEntity, 'rate')
    .select('DISTINCT rate.cbr_id', 'cbr_id')
    .where({ cbr_id: In(rows.map(({ cbr_id }) => cbr_id)) })
    .andWhere('rate.effective_date > :date', { date })
    .getRawMany<{ cbr_id: string }>();
  return new Set(later.map(({ cbr_id }) => cbr_id));
}
