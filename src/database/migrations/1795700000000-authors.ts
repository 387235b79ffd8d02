import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS: readonly [table: string, name: string][] = [
  ['rates', 'recorded_by'],
  ['rate_revisions', 'recorded_by'],
  ['rate_revisions', 'superseded_by'],
];

/**
 * Names of the API keys that recorded and superseded each version. Plain SQL of both engines: on SQLite, TypeORM's
 * addColumn copies the whole table.
 */
export class Authors1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, name] of COLUMNS) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} varchar(64)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, name] of COLUMNS) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
    }
  }
}
