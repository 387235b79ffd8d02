import { Injectable } from '@nestjs/common';
import { type CalendarDate, startOfMoscowDay } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { Unit } from '../database/unit.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLog } from '../events/event-log.js';
import type { RateChange } from '../events/rate-event.js';
import type { Fixing, PublishedSheet } from './daily-sheet.js';
import { keepDocument } from './document-store.js';
import { rateChange } from './rate-change.js';
import { keepRevision } from './rate-revision.entity.js';
import { RateEntity } from './rate.entity.js';
import { compareFixing, type FixingOutcome } from './sheet-difference.js';
import { isHistory, knownFixings } from './sheet-memory.js';

/** What recording a sheet came to. `saved` fixings are new or other than before, and were announced. */
export interface RecordedSheet {
  effective_date: CalendarDate;
  saved: number;
  unchanged: number;
}

/** Where the versions written by one recording come from. */
interface Origin {
  effective_date: CalendarDate;
  created_at: Date;
  recorded_at: Date;
  document_id: number;
}

/** Stores what the bank publishes. */
@Injectable()
export class RatesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Records a sheet in one transaction: its document, its rates, the revisions of what it replaces, and the events. */
  record(sheet: PublishedSheet): Promise<RecordedSheet> {
    const { effective_date, fixings } = sheet;
    return this.unitOfWork.run(async (unit) => {
      const known = await knownFixings(unit, sheet);
      const history = await isHistory(unit, effective_date);
      const outcomes = fixings.map((fixing) =>
        compareFixing(fixing, known.get(fixing.cbr_id) ?? NOTHING_KNOWN, history),
      );
      const recorded_at = this.clock.now();
      const origin = {
        effective_date,
        created_at: history ? startOfMoscowDay(effective_date) : recorded_at,
        recorded_at,
        document_id: await keepDocument(unit, sheet),
      };
      const changes = await apply(unit, outcomes, origin);
      await this.eventLog.append(unit, changes);
      return {
        effective_date,
        saved: changes.length,
        unchanged: fixings.length - changes.length,
      };
    });
  }
}

const NOTHING_KNOWN = { stored: undefined, superseded: undefined, previous: undefined };

/** Writes the outcomes; returns what is to be announced, in the order of the sheet. */
async function apply(unit: Unit, outcomes: FixingOutcome[], origin: Origin): Promise<RateChange[]> {
  const added = new Map<FixingOutcome, RateEntity>();
  for (const outcome of outcomes) {
    if (outcome.kind === 'renamed') {
      await unit.update(RateEntity, { id: outcome.stored.id }, { name: outcome.fixing.name });
    } else if (outcome.kind === 'corrected') {
      await keepRevision(unit, outcome.stored, 'correction', origin.recorded_at);
      const { id, created_at } = outcome.stored;
      const correction = { ...versionOf(outcome.fixing, origin), id, created_at };
      await unit.update(RateEntity, { id }, correction);
      added.set(outcome, correction);
    } else if (outcome.kind !== 'unchanged') {
      added.set(outcome, versionOf(outcome.fixing, origin));
    }
  }
  await unit.insert(
    RateEntity,
    [...added].filter(([{ kind }]) => kind !== 'corrected').map(([, rate]) => rate),
  );
  return [...added].flatMap(([outcome, rate]) => announcement(outcome, rate));
}

function announcement(outcome: FixingOutcome, rate: RateEntity): RateChange[] {
  switch (outcome.kind) {
    case 'corrected':
      return [rateChange('rate_updated', rate, outcome.stored)];
    case 'restored':
      return [rateChange('rate_updated', rate, outcome.replaced)];
    case 'announced':
      return [
        rateChange(outcome.replaced ? 'rate_updated' : 'rate_created', rate, outcome.replaced),
      ];
    default:
      return [];
  }
}

function versionOf({ cbr_id, code, name, nominal, value }: Fixing, origin: Origin): RateEntity {
  const version = { cbr_id, code, name, nominal, value, source: 'cbr', ...origin };
  return { ...version, updated_at: origin.recorded_at } as RateEntity;
}
