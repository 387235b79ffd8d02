import { type CalendarDate, later } from '../../common/calendar-date.js';
import {
  changeOf,
  derivedFigure,
  dividedBy,
  type Figure,
  type Fraction,
  textOf,
  unitFigure,
} from '../../common/rate-arithmetic.js';
import {
  type Coverage,
  type Fixed,
  type LatestVersions,
  priceInTodaysRoubles,
  ROUBLE_NAMES,
  type RoubleCode,
  roubleOf,
  worthOf,
} from '../model/index.js';
import type { RateRecord } from './rate-record.dto.js';
import type { KnownDay } from './official-in-force.js';

const NO_CHANGE = { change: null, change_percent: null };

/** Side of a pair: a currency's fixing with the previous one, or the rouble. */
export type Leg = LatestVersions | 'rouble';

/** Parameters of a record besides its legs. */
export interface RecordRequest {
  requested_date: CalendarDate;
  /** Whether a sheet may still be published for that day. */
  isProvisional: boolean;
  /** Converts old roubles to new ones; `value` stays as published. */
  restate: boolean;
  /** Loaded days: across a gap the previous fixing is unknown. */
  coverage: Pick<Coverage, 'isWhole'>;
}

export function recordRequest(
  { date, isProvisional, known }: KnownDay,
  restate: boolean,
): RecordRequest {
  return { requested_date: date, isProvisional, restate, coverage: known.coverage };
}

/**
 * Computes the record of a pair, or of a currency against the rouble. Against the rouble the rate is exact; a cross
 * rate goes through the rouble and is rounded once, to 28 significant digits.
 */
export function rateRecord(base: Leg, quote: Leg, request: RecordRequest): RateRecord {
  const effective_date = effectiveDate(base, quote);
  const rouble = request.restate ? 'RUB' : roubleOf(effective_date);
  const published = base !== 'rouble' && quote === 'rouble' ? base.current : undefined;
  const rate = pairRate(sideOf(base), sideOf(quote), rouble);
  const before = (leg: Leg) => sideBefore(leg, effective_date, request.coverage);
  const previous = previousRate(before(base), before(quote), rouble);
  const changes = previous ? changeOf(rate, previous) : NO_CHANGE;
  const { requested_date, isProvisional } = request;
  const names = namesOf(base, rouble);
  return {
    code: names.code,
    quote: quote === 'rouble' ? rouble : quote.current.code,
    nominal: published?.nominal ?? null,
    value: published?.value ?? null,
    rate: textOf(rate),
    effective_date,
    requested_date,
    carried: effective_date !== requested_date,
    provisional: isProvisional && isAnyCarried(base, quote, requested_date),
    previous_rate: previous && textOf(previous),
    change: changes.change,
    change_percent: changes.change_percent,
    name: names.name,
    name_en: names.name_en,
    num_code: names.num_code,
    cbr_id: names.cbr_id,
    // A figure derived from a manual rate is manual.
    source: isManual(base) || isManual(quote) ? 'manual' : 'cbr',
  };
}

/** The same record for another day on which its legs are in force. */
export function onDay(
  record: RateRecord,
  [base, quote]: readonly [Leg, Leg],
  { requested_date, isProvisional }: RecordRequest,
): RateRecord {
  return {
    ...record,
    requested_date,
    carried: record.effective_date !== requested_date,
    provisional: isProvisional && isAnyCarried(base, quote, requested_date),
  };
}

function isAnyCarried(base: Leg, quote: Leg, date: CalendarDate): boolean {
  const isCarried = (leg: Leg) => leg !== 'rouble' && leg.current.effective_date !== date;
  return isCarried(base) || isCarried(quote);
}

/** First day of the pair: the later of its two fixings. */
function effectiveDate(base: Leg, quote: Leg): CalendarDate {
  if (base === 'rouble') {
    if (quote === 'rouble') throw new RangeError('The rouble has no rate against itself');
    return quote.current.effective_date;
  }
  const { effective_date } = base.current;
  return quote === 'rouble' ? effective_date : later(effective_date, quote.current.effective_date);
}

/** Rate of the pair before, in the same rouble, so that rates before and after 1998 are comparable. */
function previousRate(
  base: SideBefore | null,
  quote: SideBefore | null,
  rouble: RoubleCode,
): Figure | null {
  if (!base || !quote || !wereInForceTogether(base, quote)) return null;
  return pairRate(base.side, quote.side, rouble);
}

/**
 * Whether two sides were in force together: both are of one day, or the older one still is in force. An older one
 * that was replaced may have ended before the other began.
 */
function wereInForceTogether(one: SideBefore, other: SideBefore): boolean {
  if (one.side === 'rouble' || other.side === 'rouble') return true;
  const [first, second] = [one.side.effective_date, other.side.effective_date];
  if (first === second) return true;
  return first < second ? one.isInForce : other.isInForce;
}

/** Price of a side, with its date. */
type Side = Fixed | 'rouble';

/** A side before a day, and whether it is still in force on that day. */
interface SideBefore {
  side: Side;
  isInForce: boolean;
}

function sideOf(leg: Leg): Side {
  return leg === 'rouble' ? leg : leg.current;
}

function sideBefore(
  leg: Leg,
  date: CalendarDate,
  coverage: RecordRequest['coverage'],
): SideBefore | null {
  if (leg === 'rouble') return { side: leg, isInForce: true };
  const { current, previous } = leg;
  if (current.effective_date < date) return { side: current, isInForce: true };
  if (!previous) return null;
  const before = { side: previous, isInForce: false };
  if (current.source === 'manual' || current.cbr_id === null) return before;
  const days = { from: previous.effective_date, to: current.effective_date };
  return coverage.isWhole(current.cbr_id, days) ? before : null;
}

/** Value of one unit in new roubles; `rouble` is the kind of the rouble side. */
export function priceOf(leg: Leg, rouble: RoubleCode): Fraction {
  return priceOfSide(sideOf(leg), rouble);
}

function priceOfSide(side: Side, rouble: RoubleCode): Fraction {
  return side === 'rouble' ? worthOf(rouble) : priceInTodaysRoubles(side, side.effective_date);
}

/** Against the rouble of its own date a currency has its published rate; other rates are derived. */
function pairRate(base: Side, quote: Side, rouble: RoubleCode): Figure {
  if (base !== 'rouble' && quote === 'rouble' && roubleOf(base.effective_date) === rouble) {
    return unitFigure(base);
  }
  return derivedFigure(dividedBy(priceOfSide(base, rouble), priceOfSide(quote, rouble)));
}

function namesOf(base: Leg, rouble: RoubleCode) {
  return base === 'rouble' ? { code: rouble, ...ROUBLE_NAMES[rouble], cbr_id: null } : base.current;
}

function isManual(leg: Leg): boolean {
  return leg !== 'rouble' && leg.current.source === 'manual';
}
