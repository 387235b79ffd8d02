import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Coordination of instances on one database: leases, and the state of fetch runs. */
export class Fleet1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(leases());
    await runner.createTable(fetchState());
    await runner.query(
      `INSERT INTO leases (name, holder, fence, expires_at) VALUES ('fetch', NULL, 0, 0), ('relay', NULL, 0, 0)`,
    );
    await runner.query(
      'INSERT INTO fetch_state (id, newest_run, recorded_run, report, last_success_at, next_run_at) VALUES (1, 0, 0, NULL, NULL, NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('fetch_state');
    await runner.dropTable('leases');
  }
}

function leases(): Table {
  return new Table({
    name: 'leases',
    columns: [
      column.string('name', 32, { isPrimary: true }),
      column.string('holder', 36, { isNullable: true }),
      column.bigint('fence'),
      column.bigint('expires_at'),
    ],
  });
}

function fetchState(): Table {
  return new Table({
    name: 'fetch_state',
    columns: [
      column.integer('id', { isPrimary: true }),
      column.bigint('newest_run'),
      column.bigint('recorded_run'),
      column.text('report', { isNullable: true }),
      column.instant('last_success_at', { isNullable: true }),
      column.instant('next_run_at', { isNullable: true }),
    ],
  });
}
