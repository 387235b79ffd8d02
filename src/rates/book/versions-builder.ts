import { setImmediate as nextTurn } from 'node:timers/promises';
import { ColumnsBuilder } from './columns-builder.js';
import { dayOrder } from './day-orders.js';
import type { PackedVersion, VersionColumns } from './version-columns.js';
import type { Maker, SharedValues } from './version-rows.js';

/** Collects the versions of many keys, in any order. */
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

  /** The columns of each key. Gives the event loop its turn after every one. */
  async build(): Promise<Map<string, VersionColumns>> {
    const all = new Map<string, VersionColumns>();
    for (const [key, builder] of this.builders) {
      all.set(key, builder.build());
      // What is copied is not held twice.
      this.builders.delete(key);
      await nextTurn();
    }
    return all;
  }
}
