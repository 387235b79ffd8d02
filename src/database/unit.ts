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
 * Access to rows inside a unit of work. It offers only builders: TypeORM's `save` and `remove` would open a second
 * transaction on the same connection.
 */
export class Unit {
  private written = false;
  private touched = false;
  /** Changes that read models must apply. */
  readonly changes = new ChangeSet();

  constructor(private readonly manager: EntityManager) {}

  /** Whether the unit wrote rows that readers see. */
  get hasWritten(): boolean {
    return this.written;
  }

  /** Whether the unit wrote any row. */
  get hasTouched(): boolean {
    return this.touched || this.written;
  }

  select<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    alias: string,
  ): SelectQueryBuilder<Row> {
    return this.manager.createQueryBuilder(entity, alias);
  }

  /** Inserts the rows, and sets the generated `id` of each. */
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
    await this.updateWithoutVersionBump(entity, where, changes);
    this.note(entity, before);
    this.note(
      entity,
      before.map((row) => Object.assign({}, row, changes)),
    );
  }

  /** Like `update`, for a row that readers do not see: does not raise `data_version`. */
  async updateWithoutVersionBump<Row extends ObjectLiteral>(
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

  /** Rows about to change, if the entity has `touchesOf`. */
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
