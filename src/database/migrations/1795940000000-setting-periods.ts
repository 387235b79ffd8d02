import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { column } from '../columns.js';

/** Periods in which currencies were set monthly, and days with a sheet. */
export class SettingPeriods1795940000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(settingPeriods());
    await runner.createTable(sheetDays());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sheet_days');
    await runner.dropTable('setting_periods');
  }
}

function settingPeriods(): Table {
  return new Table({
    name: 'setting_periods',
    columns: [
      column.id(),
      column.string('cbr_id', 7),
      column.date('from_date'),
      column.date('to_date'),
      column.string('rhythm', 8),
      column.instant('recorded_at'),
    ],
    indices: [{ name: 'setting_periods_by_currency', columnNames: ['cbr_id'] }],
  });
}

function sheetDays(): Table {
  return new Table({
    name: 'sheet_days',
    columns: [column.date('date', { isPrimary: true }), column.instant('recorded_at')],
  });
}
