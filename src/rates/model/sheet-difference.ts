import { isSameNumber, isSameUnitRate, type Quotation } from '../../common/decimal.js';
import type { Fixing } from './daily-sheet.js';
import type { RateEntity } from './rate.entity.js';

/** What is stored already about one currency of a sheet. */
export interface KnownFixing {
  /** The rate of the sheet's date, as it stands. */
  stored: RateEntity | undefined;
  /** The bank's last figure for that date, where a person has edited or deleted it since. */
  superseded: Quotation | undefined;
  /** What the bank had set for its code and that date under another ID, which the sheet has no longer. */
  underOtherId?: RateEntity | undefined;
  /** The currency's rate before that date, as it stands. */
  previous: Quotation | undefined;
  /** Days between the two are not loaded: which figure was the one before is not known. */
  isAcrossHole?: boolean;
}

/** What a fixing means for the store. `replaced` is what a consumer was told before; null: nothing. */
export type FixingOutcome<F extends Fixing> =
  | { kind: 'unchanged' }
  | { kind: 'renamed'; stored: RateEntity; fixing: F }
  | { kind: 'corrected'; stored: RateEntity; fixing: F; replaced?: Quotation }
  | { kind: 'restored'; fixing: F; replaced: Quotation }
  | { kind: 'announced'; fixing: F; replaced: Quotation | null; isFirst: boolean }
  | { kind: 'quiet'; fixing: F };

/**
 * Compares one fixing with what is known.
 *
 * A person's edit or deletion stands until the bank publishes another figure for the same date.
 * A fixing of a new date is announced when its unit rate differs from the one before; those of a
 * sheet that is `isHistory` (older than the newest known) never are, for they change nothing in force.
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
    // Rates are asked for, and announced, by their code.
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

/** The figure that the code has under another ID; none where its own came later, or is a person's. */
function rivalOf({ stored, superseded, underOtherId }: KnownFixing): RateEntity | undefined {
  if (!stored) return superseded ? undefined : underOtherId;
  const isLater = underOtherId && underOtherId.recorded_at > stored.recorded_at;
  return stored.source === 'cbr' && isLater ? underOtherId : undefined;
}

/** Whoever follows the code was told that figure before; who has it already is told nothing. */
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
 * The same for a sheet that was withdrawn and is published again: what was known of its date is gone, but
 * for a person's rate. Every fixing is announced, as every withdrawal was, unless a later sheet is in force.
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

/** The same without what the bank had said of a date before it withdrew the sheet; a person's rate stays. */
export function withoutWithdrawn(known: KnownFixing): KnownFixing {
  return known.stored ? known : { ...known, superseded: undefined };
}

/** The bank's last figure for the date itself, as far as there is one. */
export function publishedBefore(known: KnownFixing | undefined): Quotation | undefined {
  return known?.stored?.source === 'cbr' ? known.stored : known?.superseded;
}

/** The same nominal and number; `84.50` and `84.5` are one figure. */
export function isSameQuotation(one: Quotation, other: Quotation): boolean {
  return one.nominal === other.nominal && isSameNumber(one.value, other.value);
}
