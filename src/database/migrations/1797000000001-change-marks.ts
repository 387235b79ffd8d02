import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Random mark of each `data_version`, which tells apart two histories of one log; NULL for stored versions. */
export class ChangeMarks1797000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Plain SQL: on SQLite, TypeORM would copy the whole table for a new column.
    await runner.query('ALTER TABLE changes ADD COLUMN mark varchar(8)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE changes DROP COLUMN mark');
  }
}
