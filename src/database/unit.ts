import type {
  EntityManager,
  EntityTarget,
  FindOptionsWhere,
  ObjectLiteral,
  QueryDeepPartialEntity,
  SelectQueryBuilder,
} from 'typeorm';
import { bulkInsert } from './bulk-insert.js';
import { ChangeSet, touchesOf } from './change-set.js';

/**
 * What work inside a unit may do to the rows. It offers builders alone: TypeORM's `save` and `remove`
 * would open a second transaction on the connection that already has one.
 */
export class Unit {
  private written = false;
  private touched = false;
  /** What read models have to read again. */
  readonly changes = new ChangeSet();

  constructor(private readonly manager: EntityManager) {}

  /** Whether any row was written so far. */
  get hasWritten(): boolean {
    return this.written;
  }

  /** The same, also of rows that no reader is shown. */
  get hasTouched(): boolean {
    return this.touched || this.written;
  }

  select<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    alias: string,
  ): SelectQueryBuilder<Row> {
    return this.manager.createQueryBuilder(entity, alias);
  }

  /** Inserts the rows; sets the generated `id` of each. */
  async insert<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    rows: readonly Row[],
  ): Promise<void> {
    if (rows.length === 0) return;
    this.written = true;
    await bulkInsert(this.manager, entity, rows);
    const touches = touchesOf(entity);
    if (!touches) return;
    for (const row of rows) {
      for (const touch of touches(row)) this.changes.add(touch, { entity, row });
    }
  }

  async update<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
    changes: QueryDeepPartialEntity<Row>,
  ): Promise<void> {
    this.written = true;
    const before = await this.followedRows(entity, where);
    await this.keepBooks(entity, where, changes);
    this.note(entity, before);
    this.note(
      entity,
      before.map((row) => Object.assign({}, row, changes)),
    );
  }

  /** The same for a row that no reader is shown: it is no reason for a new `data_version`. */
  async keepBooks<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
    changes: QueryDeepPartialEntity<Row>,
  ): Promise<void> {
    this.touched = true;
    await this.manager.createQueryBuilder().update(entity).set(changes).where(where).execute();
  }

  async delete<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<void> {
    this.written = true;
    this.note(entity, await this.followedRows(entity, where));
    await this.manager.createQueryBuilder().delete().from(entity).where(where).execute();
  }

  /** The rows that are about to change, of an entity that read models follow. */
  private async followedRows<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
  ): Promise<Row[]> {
    if (!touchesOf(entity)) return [];
    return this.select(entity, 'row').where(where).getMany();
  }

  private note(entity: EntityTarget<ObjectLiteral>, rows: readonly ObjectLiteral[]): void {
    const touches = touchesOf(entity);
    if (!touches) return;
    for (const row of rows) for (const touch of touches(row)) this.changes.add(touch);
  }
}
