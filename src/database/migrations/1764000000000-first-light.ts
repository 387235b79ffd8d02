import { randomUUID } from 'node:crypto';
import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Rates, their revisions, bank documents, the event log, and the row of the store. */
export class FirstLight1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(documents(runner));
    await runner.createTable(rates());
    await runner.createTable(revisions());
    await runner.createTable(eventLog());
    await runner.createTable(store());
    await runner.manager
      .createQueryBuilder()
      .insert()
      .into('store', ['id', 'log_id', 'data_version', 'relayed_seq'])
      .values({ id: 1, log_id: randomUUID(), data_version: 0, relayed_seq: 0 })
      .execute();
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['store', 'event_log', 'rate_revisions', 'rates', 'documents']) {
      await runner.dropTable(table);
    }
  }
}

function documents(runner: QueryRunner): Table {
  return new Table({
    name: 'documents',
    columns: [
      column.id(),
      column.string('kind', 16),
      column.date('date'),
      column.instant('fetched_at'),
      column.string('sha256', 64),
      column.bytes('gzipped_bytes', runner),
    ],
    uniques: [{ name: 'documents_once', columnNames: ['kind', 'date', 'sha256'] }],
  });
}

function rates(): Table {
  return new Table({
    name: 'rates',
    columns: [
      column.id(),
      column.string('cbr_id', 7, { isNullable: true }),
      ...fixing(),
      column.instant('created_at'),
      column.instant('updated_at'),
      column.instant('recorded_at'),
      column.integer('document_id', { isNullable: true }),
    ],
    uniques: [{ name: 'rates_one_per_day', columnNames: ['cbr_id', 'effective_date'] }],
    indices: [
      { name: 'rates_newest_first', columnNames: ['created_at', 'id'] },
      { name: 'rates_of_code_newest_first', columnNames: ['code', 'created_at', 'id'] },
      { name: 'rates_by_sheet', columnNames: ['effective_date', 'cbr_id'] },
    ],
    foreignKeys: [documentKey('rates')],
  });
}

function revisions(): Table {
  return new Table({
    name: 'rate_revisions',
    columns: [
      column.id(),
      column.integer('rate_id'),
      column.string('cbr_id', 7, { isNullable: true }),
      ...fixing(),
      column.instant('created_at'),
      column.instant('recorded_at'),
      column.instant('superseded_at'),
      column.string('reason', 16),
      column.integer('document_id', { isNullable: true }),
    ],
    indices: [
      { name: 'rate_revisions_of_rate', columnNames: ['rate_id', 'id'] },
      { name: 'rate_revisions_of_fixing', columnNames: ['cbr_id', 'effective_date', 'id'] },
    ],
    foreignKeys: [documentKey('rate_revisions')],
  });
}

function eventLog(): Table {
  return new Table({
    name: 'event_log',
    columns: [
      column.bigint('seq', { isPrimary: true }),
      column.string('event_id', 36, { isUnique: true }),
      column.string('event', 16),
      column.string('code', 12),
      column.integer('rate_id'),
      column.text('payload'),
      column.instant('recorded_at'),
    ],
  });
}

function store(): Table {
  return new Table({
    name: 'store',
    columns: [
      column.integer('id', { isPrimary: true }),
      column.string('log_id', 36),
      column.bigint('data_version'),
      column.bigint('relayed_seq'),
    ],
  });
}

function fixing() {
  return [
    column.string('code', 12),
    column.string('name', 200),
    column.integer('nominal'),
    column.decimal('value'),
    column.date('effective_date'),
    column.string('source', 8),
  ];
}

function documentKey(table: string) {
  return {
    name: `${table}_document`,
    columnNames: ['document_id'],
    referencedTableName: 'documents',
    referencedColumnNames: ['id'],
  };
}
