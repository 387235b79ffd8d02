import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Days whose sheet could not be fetched. */
export class MissingSheets1795950000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(missingSheets());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('missing_sheets');
  }
}

function missingSheets(): Table {
  return new Table({
    name: 'missing_sheets',
    columns: [
      column.date('date', { isPrimary: true }),
      column.string('code', 40),
      column.text('message'),
      column.integer('tries'),
      column.instant('first_failed_at'),
      column.instant('last_tried_at'),
      column.instant('next_try_at', { isNullable: true }),
    ],
  });
}
