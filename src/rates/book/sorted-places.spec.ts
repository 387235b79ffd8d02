import { Slices } from '../../database/slices.js';
import { sortedPlaces, STEPS } from './sorted-places.js';

/** Numbers of a fixed random sequence. */
function numbers(count: number, below: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % below;
  });
}

const rising = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('sorted places', () => {
  it.each<[string, number[]]>([
    ['one item', [1]],
    ['falling items', rising(100).reverse()],
    ['two runs', [...rising(50), ...rising(60)]],
    ['an odd number of runs', [...rising(5), ...rising(3), ...rising(4)]],
    ['any items, many of them equal', numbers(1_000, 50)],
    ['any items', numbers(10_000, 1_000_000)],
  ])('are those of a stable sort: %s', async (_, items) => {
    const order = (one: number, other: number) => (items[one] ?? 0) - (items[other] ?? 0);
    const places = await sortedPlaces(items.length, order, new Slices());
    expect([...(places ?? rising(items.length))]).toEqual(rising(items.length).sort(order));
  });

  it.each([0, 1, 100])('are not needed where %s items are in order', async (count) => {
    const order = (one: number, other: number) => Math.sign(one - other);
    expect(await sortedPlaces(count, order, new Slices())).toBeUndefined();
  });

  it('are found in short steps', async () => {
    const items = numbers(5 * STEPS, 1_000_000);
    let [steps, most] = [0, 0];
    const slices = new Slices();
    slices.turn = () => {
      steps = 0;
      return Promise.resolve();
    };
    const order = (one: number, other: number) => {
      most = Math.max(most, (steps += 1));
      return (items[one] ?? 0) - (items[other] ?? 0);
    };
    await sortedPlaces(items.length, order, slices);
    expect(most).toBeLessThanOrEqual(2 * STEPS);
  });
});
