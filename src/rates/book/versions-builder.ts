import { setImmediate as nextTurn } from 'node:timers/promises';
import { ColumnsBuilder } from './columns-builder.js';
import { dayOrder } from './day-orders.js';
import type { PackedVersion, VersionColumns } from './version-columns.js';
import type { Maker, SharedValues } from './version-rows.js';

/** Collects versions of many keys, in any order. */
export class VersionsBuilder {
  private readonly builders = new Map<string, ColumnsBuilder>();
  private readonly order;

  constructor(maker: Maker, shared: SharedValues) {
    this.order = dayOrder(maker, shared);
  }

  add(key: string, version: PackedVersion): void {
    let builder = this.builders.get(key);
    if (!builder) this.builders.set(key, (builder = new ColumnsBuilder(this.order)));
    builder.add(version);
  }

  /** Builds the columns of each key. Yields to the event loop after each. */
  async build(): Promise<Map<string, VersionColumns>> {
    const all = new Map<string, VersionColumns>();
    for (const [key, builder] of this.builders) {
      all.set(key, builder.build());
      // Frees the builder before the next copy.
      this.builders.delete(key);
      await nextTurn();
    }
    return all;
  }
}
