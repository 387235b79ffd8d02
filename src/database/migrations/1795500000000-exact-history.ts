import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { column } from '../columns.js';

/** Currencies, coverage, documents of one currency, idempotency keys, and the state of the backfill. */
export class ExactHistory1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(currencies());
    await runner.createTable(coverage());
    await runner.createTable(idempotencyKeys());
    await runner.createTable(backfill());
    await runner.createTable(backfilledCurrencies());
    // Plain SQL: on SQLite, TypeORM would copy the whole table for a new column.
    await runner.query('ALTER TABLE documents ADD COLUMN to_date varchar(10)');
    await runner.query('ALTER TABLE documents ADD COLUMN cbr_id varchar(7)');
    await runner.query('DROP INDEX rates_by_sheet');
    for (const index of rateIndices()) await runner.createIndex('rates', index);
    await runner.createIndex('rate_revisions', revisionsOfCode());
    await runner.query(
      'INSERT INTO currencies (cbr_id, code, name) SELECT cbr_id, MAX(code), MAX(name) FROM rates WHERE cbr_id IS NOT NULL GROUP BY cbr_id',
    );
    await runner.query(
      `INSERT INTO coverage (cbr_id, from_date, to_date, recorded_at) SELECT '*', date, date, MIN(fetched_at) FROM documents WHERE kind = 'daily' GROUP BY date`,
    );
    await runner.query(
      'INSERT INTO backfill (id, owner, touched_at, pending_days) VALUES (1, NULL, NULL, NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name = '' } of [...rateIndices(), revisionsOfCode()]) {
      await runner.query(`DROP INDEX ${name}`);
    }
    await runner.createIndex(
      'rates',
      new TableIndex({ name: 'rates_by_sheet', columnNames: ['effective_date', 'cbr_id'] }),
    );
    await runner.query('ALTER TABLE documents DROP COLUMN cbr_id');
    await runner.query('ALTER TABLE documents DROP COLUMN to_date');
    for (const table of TABLES) await runner.dropTable(table);
  }
}

const TABLES = ['backfilled_currencies', 'backfill', 'idempotency_keys', 'coverage', 'currencies'];

/** Partial indexes: manual rates add no cost to the bank's. */
function rateIndices(): TableIndex[] {
  const where = "source = 'manual'";
  return [
    new TableIndex({
      name: 'rates_by_sheet_and_code',
      columnNames: ['effective_date', 'code', 'cbr_id'],
    }),
    new TableIndex({
      name: 'rates_manual_by_code',
      columnNames: ['code', 'effective_date', 'id'],
      where,
    }),
    new TableIndex({
      name: 'rates_manual_by_date',
      columnNames: ['effective_date', 'code', 'id'],
      where,
    }),
  ];
}

function revisionsOfCode(): TableIndex {
  return new TableIndex({ name: 'rate_revisions_of_code', columnNames: ['code', 'id'] });
}

function currencies(): Table {
  return new Table({
    name: 'currencies',
    columns: [
      column.string('cbr_id', 7, { isPrimary: true }),
      column.string('code', 12),
      column.string('name', 200),
      column.string('name_en', 200, { isNullable: true }),
      column.string('num_code', 3, { isNullable: true }),
    ],
    indices: [{ name: 'currencies_of_code', columnNames: ['code'] }],
  });
}

function coverage(): Table {
  return new Table({
    name: 'coverage',
    columns: [
      column.id(),
      column.string('cbr_id', 7),
      column.date('from_date'),
      column.date('to_date'),
      column.instant('recorded_at'),
    ],
    indices: [{ name: 'coverage_by_end', columnNames: ['to_date'] }],
  });
}

function idempotencyKeys(): Table {
  return new Table({
    name: 'idempotency_keys',
    columns: [
      column.string('key', 255, { isPrimary: true }),
      column.string('request_sha256', 64),
      column.text('answer'),
      column.instant('created_at'),
    ],
    indices: [{ name: 'idempotency_keys_by_age', columnNames: ['created_at'] }],
  });
}

function backfill(): Table {
  return new Table({
    name: 'backfill',
    columns: [
      column.integer('id', { isPrimary: true }),
      column.string('owner', 36, { isNullable: true }),
      column.instant('touched_at', { isNullable: true }),
      column.integer('pending_days', { isNullable: true }),
    ],
  });
}

function backfilledCurrencies(): Table {
  return new Table({
    name: 'backfilled_currencies',
    columns: [
      column.string('cbr_id', 7, { isPrimary: true }),
      column.date('from_date'),
      column.date('to_date'),
    ],
  });
}
