import { type Columns, NEVER } from './column-arena.js';
import type { DayOrder } from './columns-builder.js';
import type { Maker, SharedValues } from './version-lines.js';

/** Order of the versions of one day. */
export function dayOrder(maker: Maker, shared: SharedValues): DayOrder {
  return maker === 'official' ? officialOrder(shared) : manualOrder(shared);
}

/** Official versions of one day: the last recorded one is valid; at the same instant, the current one. */
function officialOrder({ instants }: SharedValues): DayOrder {
  return (columns, one, other) =>
    byInstant(columns, one, other, instants) ||
    byCurrent(columns, one, other) ||
    byId(columns, one, other) ||
    byRevision(columns, one, other);
}

/** Manual rates of one day: the last recorded one is valid; at the same instant, that with the larger id. */
function manualOrder({ instants }: SharedValues): DayOrder {
  return (columns, one, other) =>
    byInstant(columns, one, other, instants) ||
    byId(columns, one, other) ||
    byCurrent(columns, one, other) ||
    byRevision(columns, one, other);
}

function byInstant(
  { recorded }: Columns,
  one: number,
  other: number,
  instants: SharedValues['instants'],
): number {
  const [first, second] = [recorded[one] ?? 0, recorded[other] ?? 0];
  if (first === second) return 0;
  return instants.valueOf(first) < instants.valueOf(second) ? -1 : 1;
}

/** Replaced versions come before the current one. */
function byCurrent({ ended }: Columns, one: number, other: number): number {
  return Number(ended[one] === NEVER) - Number(ended[other] === NEVER);
}

function byId({ id }: Columns, one: number, other: number): number {
  return (id[one] ?? 0) - (id[other] ?? 0);
}

function byRevision({ revision }: Columns, one: number, other: number): number {
  return (revision[one] ?? 0) - (revision[other] ?? 0);
}
