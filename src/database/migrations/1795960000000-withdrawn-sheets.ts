import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Sheets that the bank denies, and sheets withdrawn because of it or by a person. */
export class WithdrawnSheets1795960000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(withdrawnSheets());
    await runner.createTable(deniedSheets());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('denied_sheets');
    await runner.dropTable('withdrawn_sheets');
  }
}

function withdrawnSheets(): Table {
  return new Table({
    name: 'withdrawn_sheets',
    columns: [
      column.id(),
      column.date('date'),
      column.string('cause', 6),
      column.string('reason', 500),
      column.string('withdrawn_by', 64, { isNullable: true }),
      column.instant('withdrawn_at'),
      column.instant('restored_at', { isNullable: true }),
    ],
    indices: [{ name: 'withdrawn_sheets_by_date', columnNames: ['date'] }],
  });
}

function deniedSheets(): Table {
  return new Table({
    name: 'denied_sheets',
    columns: [column.date('date', { isPrimary: true }), column.instant('first_denied_at')],
  });
}
