import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks documents that another Kurs built; 0 for the documents of the bank, and for all that are stored. */
export class BuiltDocuments1797100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Plain SQL: on SQLite, TypeORM would copy the whole table for a new column.
    await runner.query('ALTER TABLE documents ADD COLUMN is_built integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE documents DROP COLUMN is_built');
  }
}
