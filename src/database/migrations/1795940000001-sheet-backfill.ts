import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Progress of a backfill by daily sheets. */
export class SheetBackfill1795940000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'sheet_backfill',
        columns: [
          column.date('from_date', { isPrimary: true }),
          column.date('next_date'),
          column.text('request'),
          column.instant('touched_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sheet_backfill');
  }
}
