import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Changes of each `data_version`, for read models. */
export class Changes1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'changes',
        columns: [
          column.id(),
          column.bigint('data_version'),
          column.string('part', 16),
          column.string('key', 12),
          column.date('from_date', { isNullable: true }),
          column.date('to_date', { isNullable: true }),
        ],
        indices: [{ name: 'changes_by_version', columnNames: ['data_version'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('changes');
  }
}
