import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Indexes by day: after a commit, read models reload the changed days. */
export class IndicesByDay1797000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of DAYS) {
      const index = new TableIndex({ name: `${table}_by_${column}`, columnNames: [column] });
      await runner.createIndex(table, index);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of DAYS) await runner.query(`DROP INDEX ${table}_by_${column}`);
  }
}

const DAYS = [
  ['coverage', 'from_date'],
  ['documents', 'date'],
  ['quarantine', 'effective_date'],
  ['rate_revisions', 'effective_date'],
  ['setting_periods', 'from_date'],
] as const;
