import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/**
 * Finished currencies of an interrupted backfill belong to its request; a claim expires by the clock of the database.
 */
export class BackfillRequests1795930000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE backfill DROP COLUMN touched_at');
    await runner.query('ALTER TABLE backfill ADD COLUMN expires_at bigint NOT NULL DEFAULT 0');
    await runner.dropTable('backfilled_currencies');
    await runner.createTable(finishedCurrencies());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE backfill DROP COLUMN expires_at');
    await runner.query('ALTER TABLE backfill ADD COLUMN touched_at varchar(24)');
    await runner.dropTable('backfilled_currencies');
    await runner.createTable(currenciesByDays());
  }
}

function finishedCurrencies(): Table {
  return new Table({
    name: 'backfilled_currencies',
    columns: [
      column.string('cbr_id', 7, { isPrimary: true }),
      column.text('request'),
      column.instant('finished_at'),
    ],
  });
}

/** The table before this migration. */
function currenciesByDays(): Table {
  return new Table({
    name: 'backfilled_currencies',
    columns: [
      column.string('cbr_id', 7, { isPrimary: true }),
      column.date('from_date'),
      column.date('to_date'),
    ],
  });
}
