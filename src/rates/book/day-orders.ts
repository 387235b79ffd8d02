import { type Columns, NEVER } from './column-arena.js';
import type { DayOrder } from './columns-builder.js';
import type { Maker, SharedValues } from './version-rows.js';

/** Order of the versions of one day. */
export function dayOrder(maker: Maker, shared: SharedValues): DayOrder {
  return maker === 'official' ? officialOrder(shared) : manualOrder(shared);
}

/** Official versions of one day: the last recorded one is valid; at the same instant, the current one. */
function officialOrder({ instants }: SharedValues): DayOrder {
  return (columns, one, other) => {
    const [first, second] = [recordedAt(columns, one), recordedAt(columns, other)];
    if (first !== second) return instants.valueOf(first) < instants.valueOf(second) ? -1 : 1;
    return stands(columns, one) - stands(columns, other) || byId(columns, one, other);
  };
}

/** Manual rates of one day: the last recorded one is valid; at the same instant, that with the larger id. */
function manualOrder({ instants }: SharedValues): DayOrder {
  return (columns, one, other) => {
    const [first, second] = [recordedAt(columns, one), recordedAt(columns, other)];
    if (first !== second) return instants.valueOf(first) < instants.valueOf(second) ? -1 : 1;
    return byId(columns, one, other) || stands(columns, one) - stands(columns, other);
  };
}

function recordedAt({ recorded }: Columns, row: number): number {
  return recorded[row] ?? 0;
}

function stands({ ended }: Columns, row: number): number {
  return ended[row] === NEVER ? 1 : 0;
}

function byId({ id }: Columns, one: number, other: number): number {
  return (id[one] ?? 0) - (id[other] ?? 0);
}
