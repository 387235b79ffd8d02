import { type CalendarDate, later } from '../common/calendar-date.js';
import type { DecimalText } from '../common/decimal.js';
import {
  changePercent,
  derived,
  difference,
  dividedBy,
  type Fraction,
  unitRate,
} from '../common/rate-arithmetic.js';
import type { RateSource } from '../events/rate-event.js';
import {
  priceInTodaysRoubles,
  ROUBLE_NAMES,
  type RoubleCode,
  roubleOf,
  worthOf,
} from './rouble.js';
import type { LatestVersions, StoredVersion } from './stored-version.js';

/** A rate as `/v1` gives it; field by field in `v1-rate.dto.ts`. */
export interface RateRecord {
  code: string;
  quote: string;
  nominal: number | null;
  value: DecimalText | null;
  rate: DecimalText;
  effective_date: CalendarDate;
  requested_date: CalendarDate;
  carried: boolean;
  previous_rate: DecimalText | null;
  change: DecimalText | null;
  change_percent: DecimalText | null;
  name: string;
  name_en: string | null;
  num_code: string | null;
  cbr_id: string | null;
  source: RateSource;
}

/** In the order in which records are written, and which CSV gives its columns. */
export const RECORD_FIELDS = [
  'code',
  'quote',
  'nominal',
  'value',
  'rate',
  'effective_date',
  'requested_date',
  'carried',
  'previous_rate',
  'change',
  'change_percent',
  'name',
  'name_en',
  'num_code',
  'cbr_id',
  'source',
] as const satisfies (keyof RateRecord)[];

/** One side of a pair: a currency's fixing with the one before, or the rouble itself. */
export type Leg = LatestVersions | 'rouble';

/** What is asked of a record beside its legs. */
export interface RecordRequest {
  requested_date: CalendarDate;
  /** Turns old roubles into today's; `value` stays as published. */
  restate: boolean;
}

/**
 * The record of a pair, or of a currency against the rouble. Against the rouble the rate is exact;
 * a cross rate goes through the rouble and is rounded once, to 28 significant digits.
 */
export function rateRecord(base: Leg, quote: Leg, request: RecordRequest): RateRecord {
  const effective_date = effectiveDate(base, quote);
  const rouble = request.restate ? 'RUB' : roubleOf(effective_date);
  const published = base !== 'rouble' && quote === 'rouble' ? base.current : undefined;
  const rate = pairRate(base, quote, rouble);
  const previous_rate = previousRate(base, quote, effective_date, rouble);
  const { code, name, name_en, num_code, cbr_id } = namesOf(base, rouble);
  return {
    code,
    quote: quote === 'rouble' ? rouble : quote.current.code,
    nominal: published?.nominal ?? null,
    value: published?.value ?? null,
    rate,
    effective_date,
    requested_date: request.requested_date,
    carried: effective_date !== request.requested_date,
    previous_rate,
    change: previous_rate && difference(rate, previous_rate),
    change_percent: previous_rate && changePercent(rate, previous_rate),
    ...{ name, name_en, num_code, cbr_id },
    source: sourceOf([base, quote]),
  };
}

/** The day on which the pair came to be as it is: the later of its two fixings. */
function effectiveDate(base: Leg, quote: Leg): CalendarDate {
  if (base === 'rouble') {
    if (quote === 'rouble') throw new RangeError('The rouble has no rate against itself');
    return quote.current.effective_date;
  }
  const { effective_date } = base.current;
  return quote === 'rouble' ? effective_date : later(effective_date, quote.current.effective_date);
}

/** The same pair before `date`, in the same rouble, so that the two compare across 1998. */
function previousRate(
  base: Leg,
  quote: Leg,
  date: CalendarDate,
  rouble: RoubleCode,
): DecimalText | null {
  const [before, quoteBefore] = [legBefore(base, date), legBefore(quote, date)];
  return before && quoteBefore && pairRate(before, quoteBefore, rouble);
}

function legBefore(leg: Leg, date: CalendarDate): Leg | null {
  if (leg === 'rouble' || leg.current.effective_date < date) return leg;
  return leg.previous && { current: leg.previous, previous: null };
}

/** What one unit of a side is worth in today's roubles; `rouble` says which one the rouble itself is. */
export function priceOf(leg: Leg, rouble: RoubleCode): Fraction {
  if (leg === 'rouble') return worthOf(rouble);
  return priceInTodaysRoubles(leg.current, leg.current.effective_date);
}

/** Against the rouble of its own date a currency has the rate that was published; everything else is derived. */
function pairRate(base: Leg, quote: Leg, rouble: RoubleCode): DecimalText {
  if (base !== 'rouble' && quote === 'rouble' && roubleOf(base.current.effective_date) === rouble) {
    return unitRate(base.current);
  }
  return derived(dividedBy(priceOf(base, rouble), priceOf(quote, rouble)));
}

function namesOf(base: Leg, rouble: RoubleCode) {
  return base === 'rouble' ? { code: rouble, ...ROUBLE_NAMES[rouble], cbr_id: null } : base.current;
}

/** A figure with any share of a person's is a person's. */
function sourceOf(legs: Leg[]): RateSource {
  const versions: StoredVersion[] = legs.flatMap((leg) => (leg === 'rouble' ? [] : [leg.current]));
  return versions.some(({ source }) => source === 'manual') ? 'manual' : 'cbr';
}
