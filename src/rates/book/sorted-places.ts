import type { Slices } from '../../database/slices.js';

/** Comparisons or copied rows between two looks at the clock, some hundred microseconds. */
export const STEPS = 4_096;

/** Compares the items at two places; negative if the first comes before. */
export type PlaceOrder = (one: number, other: number) => number;

/**
 * Places of `length` items in order: a stable merge sort of ascending runs, in slices. Rows consist of few runs, and
 * Array's sort cannot be interrupted.
 *
 * @returns undefined if they are in order already
 */
export async function sortedPlaces(
  length: number,
  order: PlaceOrder,
  slices: Slices,
): Promise<Uint32Array | undefined> {
  let ends = await runsOf(length, order, slices);
  if (ends.length < 2) return undefined;
  let places = Uint32Array.from({ length }, (_, place) => place);
  let merged = new Uint32Array(length);
  while (ends.length > 1) {
    ends = await mergePairs({ places, ends, merged }, order, slices);
    [places, merged] = [merged, places];
  }
  return places;
}

/** Ends of the ascending runs. */
async function runsOf(length: number, order: PlaceOrder, slices: Slices): Promise<number[]> {
  const ends: number[] = [];
  for (let place = 1; place < length; place++) {
    if (order(place - 1, place) > 0) ends.push(place);
    if (place % STEPS === 0) await slices.turn();
  }
  if (length > 0) ends.push(length);
  return ends;
}

interface Pass {
  places: Uint32Array;
  ends: readonly number[];
  merged: Uint32Array;
}

/** Merges each two neighbouring runs. @returns the ends of the longer runs */
async function mergePairs(
  { places, ends, merged }: Pass,
  order: PlaceOrder,
  slices: Slices,
): Promise<number[]> {
  const longer: number[] = [];
  let start = 0;
  for (let run = 0; run < ends.length; run += 2) {
    const middle = ends[run] ?? 0;
    const end = ends[run + 1] ?? middle;
    let [left, right] = [start, middle];
    for (let to = start; to < end; to++) {
      const [one = 0, other = 0] = [places[left], places[right]];
      const isLeft = left < middle && (right >= end || order(one, other) <= 0);
      merged[to] = isLeft ? one : other;
      if (isLeft) left += 1;
      else right += 1;
      if (to % STEPS === 0) await slices.turn();
    }
    start = end;
    longer.push(end);
  }
  return longer;
}
