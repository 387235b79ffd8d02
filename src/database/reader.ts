import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { STORE_ROW, StoreEntity } from './store.entity.js';

/** The token of the reading connection; the engine refuses writes on it. */
export const READER = Symbol('reader');

/** The largest page a long read takes at once: TypeORM cannot stream on SQLite, and an open cursor pins the WAL. */
export const PAGE_ROWS = 1_000;

/** Learns what a look at the store has shown; undefined: it could not be read. */
type StoreWatcher = (store: StoreEntity | undefined) => void;

/** Reads committed rows, never those of a unit of work under way. */
@Injectable()
export class Reader {
  private readonly watchers = new Set<StoreWatcher>();

  constructor(@Inject(READER) private readonly reader: DataSource) {}

  select<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    alias: string,
  ): SelectQueryBuilder<Row> {
    return this.reader.createQueryBuilder(entity, alias);
  }

  /** The row that describes this database: its log's name, its version, the relay's cursor. */
  async store(): Promise<StoreEntity> {
    const row = this.select(StoreEntity, 'store').where({ id: STORE_ROW }).getOneOrFail();
    const tell = (store: StoreEntity | undefined) =>
      this.watchers.forEach((watcher) => watcher(store));
    row.then(tell, () => tell(undefined));
    return row;
  }

  /** Calls `watcher` after every look at the store, whoever has looked; it must not throw. Returns its undoing. */
  onLook(watcher: StoreWatcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** `sqlite` or `postgres`, for people. */
  get engine(): string {
    return this.reader.options.type === 'postgres' ? 'postgres' : 'sqlite';
  }
}
