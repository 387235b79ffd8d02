import type { RowSource } from '../../src/database/row-source.js';
import type { Snapshots } from '../../src/database/snapshots.js';

/** The same snapshots, whose rows are read through what `wrap` makes of their source. */
export function wrappedSnapshots(
  snapshots: Snapshots,
  wrap: (rows: RowSource) => RowSource,
): Snapshots {
  const wrapped: Pick<Snapshots, 'readInSnapshot' | 'readFreely'> = {
    readInSnapshot: (work) => snapshots.readInSnapshot((rows) => work(wrap(rows))),
    readFreely: (work) => snapshots.readFreely((rows) => work(wrap(rows))),
  };
  return wrapped as Snapshots;
}
