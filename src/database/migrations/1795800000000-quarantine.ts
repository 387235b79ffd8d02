import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Fixings that await a decision. */
export class Quarantine1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(quarantine());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('quarantine');
  }
}

function quarantine(): Table {
  return new Table({
    name: 'quarantine',
    columns: [
      column.id(),
      column.string('cbr_id', 7),
      column.string('code', 12),
      column.string('num_code', 3, { isNullable: true }),
      column.string('name', 200),
      column.integer('nominal'),
      column.decimal('value'),
      column.date('effective_date'),
      column.integer('document_id'),
      column.decimal('previous_value'),
      column.integer('previous_nominal'),
      column.date('previous_date'),
      column.instant('held_at'),
      column.string('state', 9),
      column.instant('decided_at', { isNullable: true }),
      column.string('decided_by', 64, { isNullable: true }),
    ],
    indices: [
      { name: 'quarantine_by_fixing', columnNames: ['cbr_id', 'effective_date'] },
      { name: 'quarantine_by_state', columnNames: ['state'] },
    ],
  });
}
