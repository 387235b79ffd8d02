import { isSameNumber, isSameUnitRate, type Quotation } from '../../common/decimal.js';
import type { Fixing } from './daily-sheet.js';
import type { RateEntity } from './rate.entity.js';

/** Stored facts about one currency of a sheet. */
export interface KnownFixing {
  /** Current rate of the sheet's date. */
  stored: RateEntity | undefined;
  /** The bank's last fixing for that date, if a person has edited or deleted it since. */
  superseded: Quotation | undefined;
  /** The bank's rate of the same code and date under another ID that the sheet no longer has. */
  underOtherId?: RateEntity | undefined;
  /** Current rate of the currency before that date. */
  previous: Quotation | undefined;
  /** Days between the two are not loaded, so `previous` may not be the preceding fixing. */
  isAcrossHole?: boolean;
}

/** Effect of a fixing on the store. `replaced`: what consumers had before; null if nothing. */
export type FixingOutcome<F extends Fixing> =
  | { kind: 'unchanged' }
  | { kind: 'renamed'; stored: RateEntity; fixing: F }
  | { kind: 'corrected'; stored: RateEntity; fixing: F; replaced?: Quotation }
  | { kind: 'restored'; fixing: F; replaced: Quotation }
  | { kind: 'announced'; fixing: F; replaced: Quotation | null; isFirst: boolean }
  | { kind: 'quiet'; fixing: F };

/**
 * Compares one fixing with the stored facts.
 *
 * An edit or deletion by a person persists until the bank publishes another value for the same date. A fixing of a
 * new date is announced if its unit rate differs from the previous one. With `isHistory` (the sheet is older than the
 * newest known) nothing is announced, as nothing in force changes.
 */
export function compareFixing<F extends Fixing>(
  fixing: F,
  known: KnownFixing,
  isHistory: boolean,
): FixingOutcome<F> {
  const { stored, superseded, previous } = known;
  const published = publishedBefore(known);
  const rival = isHistory ? undefined : rivalOf(known);
  if (rival) return inPlaceOf(rival, fixing, stored);
  if (published && isSameQuotation(published, fixing)) {
    if (stored?.source !== 'cbr') return { kind: 'unchanged' };
    // Rates are requested and announced by code.
    if (stored.code !== fixing.code) return { kind: 'corrected', stored, fixing };
    return stored.name === fixing.name
      ? { kind: 'unchanged' }
      : { kind: 'renamed', stored, fixing };
  }
  if (stored) return { kind: 'corrected', stored, fixing };
  if (superseded) return { kind: 'restored', fixing, replaced: superseded };
  if (isHistory || (previous && isSameUnitRate(previous, fixing))) return { kind: 'quiet', fixing };
  return announced(fixing, known);
}

/** The rate of the code under another ID; undefined if its own was recorded later or is manual. */
function rivalOf({ stored, superseded, underOtherId }: KnownFixing): RateEntity | undefined {
  if (!stored) return superseded ? undefined : underOtherId;
  const isLater = underOtherId && underOtherId.recorded_at > stored.recorded_at;
  return stored.source === 'cbr' && isLater ? underOtherId : undefined;
}

/** Consumers of the code had the other rate before; if the unit rate is equal, nothing is announced. */
function inPlaceOf<F extends Fixing>(
  replaced: RateEntity,
  fixing: F,
  stored: RateEntity | undefined,
): FixingOutcome<F> {
  if (stored) return { kind: 'corrected', stored, fixing, replaced };
  if (isSameUnitRate(replaced, fixing)) return { kind: 'quiet', fixing };
  return { kind: 'restored', fixing, replaced };
}

function announced<F extends Fixing>(
  fixing: F,
  { previous, isAcrossHole = false }: KnownFixing,
): FixingOutcome<F> {
  const isFirst = previous === undefined;
  return { kind: 'announced', fixing, replaced: isAcrossHole ? null : (previous ?? null), isFirst };
}

/**
 * For a sheet that was withdrawn and is published again: only manual rates of its date remain. Every fixing is
 * announced, as every withdrawal was, unless a later sheet is in force.
 */
export function compareReturned<F extends Fixing>(
  fixing: F,
  known: KnownFixing,
  isHistory: boolean,
): FixingOutcome<F> {
  if (known.stored) return compareFixing(fixing, known, isHistory);
  if (isHistory) return { kind: 'quiet', fixing };
  return announced(fixing, known);
}

/** Removes the bank's fixing of a withdrawn sheet; a manual rate stays. */
export function withoutWithdrawn(known: KnownFixing): KnownFixing {
  return known.stored ? known : { ...known, superseded: undefined };
}

/** The bank's last fixing for the date, if any. */
export function publishedBefore(known: KnownFixing | undefined): Quotation | undefined {
  return known?.stored?.source === 'cbr' ? known.stored : known?.superseded;
}

/** Equal nominal and number; `84.50` and `84.5` are the same value. */
export function isSameQuotation(one: Quotation, other: Quotation): boolean {
  return one.nominal === other.nominal && isSameNumber(one.value, other.value);
}
