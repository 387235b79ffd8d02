import { ColumnsBuilder } from './columns-builder.js';
import { dayOrder } from './day-orders.js';
import type { Slices } from '../../database/slices.js';
import type { PackedVersion, VersionColumns } from './version-columns.js';
import type { Maker, SharedValues } from './version-lines.js';

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

  /** Builds the columns of each key. */
  async build(slices: Slices): Promise<Map<string, VersionColumns>> {
    const all = new Map<string, VersionColumns>();
    for (const [key, builder] of this.builders) {
      // Frees the builder before the next copy.
      this.builders.delete(key);
      all.set(key, await builder.build(slices));
    }
    return all;
  }
}
