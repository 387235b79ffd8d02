import { type CalendarDate, startOfMoscowDay } from '../../common/calendar-date.js';
import { isSameUnitRate } from '../../common/decimal.js';
import type { Unit } from '../../database/unit.js';
import type { RateChange } from '../../events/rate-event.js';
import {
  type Fixing,
  type FixingOutcome,
  keepRevision,
  rateChange,
  RateEntity,
} from '../model/index.js';

/** A fixing with its date. */
export interface DatedFixing extends Fixing {
  effective_date: CalendarDate;
}

/** Provenance of versions written by one recording. */
export interface Origin {
  document_id: number;
  recorded_at: Date;
  /** Whether the sheet is older than the newest; `created_at` is then the start of its day, as listings order by it. */
  isHistory: boolean;
}

/** Writes the outcomes; returns the changes to announce, in order. */
export async function writeOutcomes(
  unit: Unit,
  outcomes: readonly FixingOutcome<DatedFixing>[],
  origin: Origin,
): Promise<RateChange[]> {
  const versions = new Map<FixingOutcome<DatedFixing>, RateEntity>();
  for (const outcome of outcomes) {
    if (outcome.kind === 'renamed') {
      await unit.update(RateEntity, { id: outcome.stored.id }, { name: outcome.fixing.name });
    } else if (outcome.kind === 'corrected') {
      await keepRevision(unit, outcome.stored, {
        reason: 'correction',
        superseded_at: origin.recorded_at,
        superseded_by: null,
      });
      const { id, created_at } = outcome.stored;
      const correction = { ...versionOf(outcome.fixing, origin), id, created_at };
      await unit.update(RateEntity, { id }, correction);
      versions.set(outcome, correction);
    } else if (outcome.kind !== 'unchanged') {
      versions.set(outcome, versionOf(outcome.fixing, origin));
    }
  }
  const added = [...versions].filter(([{ kind }]) => kind !== 'corrected');
  await unit.insert(
    RateEntity,
    added.map(([, rate]) => rate),
  );
  return [...versions].flatMap(([outcome, rate]) => announcement(outcome, rate));
}

function announcement(outcome: FixingOutcome<DatedFixing>, rate: RateEntity): RateChange[] {
  switch (outcome.kind) {
    case 'corrected':
      if (outcome.replaced && isSameUnitRate(outcome.replaced, rate)) return [];
      return [rateChange('rate_updated', rate, outcome.replaced ?? outcome.stored)];
    case 'restored':
      return [rateChange('rate_updated', rate, outcome.replaced)];
    case 'announced':
      return [
        rateChange(outcome.isFirst ? 'rate_created' : 'rate_updated', rate, outcome.replaced),
      ];
    default:
      return [];
  }
}

function versionOf(fixing: DatedFixing, origin: Origin): RateEntity {
  const { cbr_id, code, name, nominal, value, effective_date } = fixing;
  const { document_id, recorded_at, isHistory } = origin;
  const created_at = isHistory ? startOfMoscowDay(effective_date) : recorded_at;
  const updated_at = recorded_at;
  // Without spread, for speed: history creates hundreds of thousands of these.
  return {
    cbr_id,
    code,
    name,
    nominal,
    value,
    effective_date,
    source: 'cbr',
    document_id,
    recorded_by: null,
    recorded_at,
    updated_at,
    created_at,
  } as RateEntity;
}
