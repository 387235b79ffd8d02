import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mark of each `data_version` that no other history of the same log has; NULL for those that are stored already. */
export class ChangeMarks1797000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A plain statement: on SQLite, TypeORM would copy the whole table for a new column.
    await runner.query('ALTER TABLE changes ADD COLUMN mark varchar(8)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE changes DROP COLUMN mark');
  }
}
