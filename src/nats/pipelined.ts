/**
 * Runs `work` on every item, begun in order, at most `inFlight` at once. Settles when all of them have
 * ended, so that nothing is in flight when a failure is reported.
 */
export async function pipelined<Item extends object, Result>(
  items: readonly Item[],
  inFlight: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const workOn = async () => {
    for (let item = items[next]; item; item = items[next]) {
      const index = next++;
      results[index] = await work(item, index);
    }
  };
  const lanes = Array.from({ length: Math.min(inFlight, items.length) }, workOn);
  const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return results;
}
