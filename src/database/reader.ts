import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { STORE_ROW, StoreEntity } from './store.entity.js';

/** The token of the reading connection; the engine refuses writes on it. */
export const READER = Symbol('reader');

/** The largest page a long read takes at once: TypeORM cannot stream on SQLite, and an open cursor pins the WAL. */
export const PAGE_ROWS = 1_000;

/** Reads committed rows, never those of a unit of work under way. */
@Injectable()
export class Reader {
  constructor(@Inject(READER) private readonly reader: DataSource) {}

  select<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    alias: string,
  ): SelectQueryBuilder<Row> {
    return this.reader.createQueryBuilder(entity, alias);
  }

  /** The row that describes this database: its log's name, its version, the relay's cursor. */
  store(): Promise<StoreEntity> {
    return this.select(StoreEntity, 'store').where({ id: STORE_ROW }).getOneOrFail();
  }

  /** `sqlite` or `postgres`, for people. */
  get engine(): string {
    return this.reader.options.type === 'postgres' ? 'postgres' : 'sqlite';
  }
}
