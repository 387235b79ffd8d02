import { defer, type Observable } from 'rxjs';

/**
 * Starts `work` for every item in order, with at most `inFlight` of them in progress, and resolves with their
 * values. After a failure no more are started; it rejects once all have ended, so that nothing is in flight then.
 * What `work` throws is a failure as well. Subscribes directly: a promise for each message would cost the relay a tenth of its throughput.
 */
export function pipelined<Item, Result>(
  items: readonly Item[],
  inFlight: number,
  work: (item: Item, index: number) => Observable<Result>,
): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const results: Result[] = [];
    const failures: Error[] = [];
    let [next, active] = [0, 0];
    const startMore = () => {
      while (active < inFlight && next < items.length && failures.length === 0) start(next++);
      if (active > 0) return;
      const [failure] = failures;
      if (failure) reject(failure);
      else resolve(results);
    };
    const ended = () => {
      active -= 1;
      startMore();
    };
    const start = (index: number) => {
      active += 1;
      defer(() => work(items[index] as Item, index)).subscribe({
        next: (result) => (results[index] = result),
        error: (reason: Error) => {
          failures.push(reason);
          ended();
        },
        complete: ended,
      });
    };
    startMore();
  });
}
