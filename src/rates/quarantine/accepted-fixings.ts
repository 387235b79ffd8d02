import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { addDays, type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import type { Unit } from '../../database/unit.js';
import { EventLog } from '../../events/event-log.js';
import { type DatedFixing, knownFixings, learnFromSheet, writeOutcomes } from '../storage/index.js';
import { JumpGuard } from './jump-guard.js';
import { pendingFrom } from './stored-quarantine.js';
import { decide, type Decision } from './quarantine-decision.js';
import { compareFixing, QuarantinedFixingEntity, RateEntity } from '../model/index.js';
import { PreviousFixings } from './previous-fixings.js';

/** A held fixing, and the bank's document. */
export interface AcceptedFixing extends DatedFixing {
  document_id: number;
}

/** Consequences of an acceptance. */
interface Released {
  fixings: QuarantinedFixingEntity[];
  /** Number of events. */
  saved: number;
}

/** Records accepted fixings in the same way as a fetch. */
@Injectable()
export class AcceptedFixings {
  constructor(
    private readonly eventLog: EventLog,
    private readonly guard: JumpGuard,
  ) {}

  /** Records accepted fixings of one date; returns the number of events. */
  async record(unit: Unit, fixings: readonly AcceptedFixing[], recorded_at: Date): Promise<number> {
    const [first] = fixings;
    if (!first) return 0;
    const sheet = { effective_date: first.effective_date, fixings: [...fixings] };
    const known = await knownFixings(unit, sheet, moscowDate(recorded_at));
    const overtaken = await setLater(unit, fixings, first.effective_date);
    let events = 0;
    for (const { document_id, ...fixing } of fixings) {
      const isHistory = overtaken.has(fixing.cbr_id);
      const outcome = compareFixing(fixing, known.get(fixing.cbr_id) ?? NOTHING_KNOWN, isHistory);
      const changes = await writeOutcomes(unit, [outcome], { document_id, recorded_at, isHistory });
      await this.eventLog.append(unit, changes);
      events += changes.length;
    }
    await learnFromSheet(unit, fixings);
    return events;
  }

  /**
   * Records later pending fixings of the same currencies that no longer jump after the acceptance.
   *
   * @param accepted ordered by day
   */
  async release(
    unit: Unit,
    accepted: readonly DatedFixing[],
    decision: Decision,
  ): Promise<Released> {
    const fixings: QuarantinedFixingEntity[] = [];
    let saved = 0;
    const first = new Map<string, CalendarDate>();
    for (const { cbr_id, effective_date } of accepted) {
      if (!first.has(cbr_id)) first.set(cbr_id, effective_date);
    }
    for (const [cbr_id, effective_date] of first) {
      for (const later of await pendingFrom(unit, cbr_id, addDays(effective_date, 1))) {
        const before = await PreviousFixings.before(unit, later.effective_date, [later.code]);
        if (this.guard.mustWait(later, before.of(later), before)) continue;
        saved += await this.record(unit, [later], decision.decided_at);
        await decide(unit, [later], decision);
        fixings.push(later);
      }
    }
    return { fixings, saved };
  }
}

const NOTHING_KNOWN = { stored: undefined, superseded: undefined, previous: undefined };

/** The currencies with a later rate, for which an acceptance changes nothing in force. */
async function setLater(
  unit: Unit,
  fixings: readonly DatedFixing[],
  date: CalendarDate,
): Promise<Set<string>> {
  const later = await unit
    .select(RateEntity, 'rate')
    .select('DISTINCT rate.cbr_id', 'cbr_id')
    .where({ cbr_id: In(fixings.map(({ cbr_id }) => cbr_id)) })
    .andWhere('rate.effective_date > :date', { date })
    .getRawMany<{ cbr_id: string }>();
  return new Set(later.map(({ cbr_id }) => cbr_id));
}
