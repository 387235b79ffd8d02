import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { column } from '../columns.js';

/** Columns that only fixings, or lines of a held sheet, have. */
const OF_FIXINGS = [
  column.string('cbr_id', 7),
  column.string('code', 12),
  column.string('name', 200),
  column.integer('nominal'),
  column.decimal('value'),
  column.decimal('previous_value'),
  column.integer('previous_nominal'),
  column.date('previous_date'),
];

/** Quarantine of whole sheets: a row for the sheets of one set of currencies, and one for each line. */
export class SheetQuarantine1795970000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('quarantine', [
      new TableColumn(column.string('kind', 6, { default: `'fixing'` })),
      new TableColumn(column.integer('sheet_item_id', { isNullable: true })),
    ]);
    await setNullable(runner, true);
    await runner.createIndex(
      'quarantine',
      new TableIndex({ name: 'quarantine_by_sheet', columnNames: ['sheet_item_id'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM quarantine WHERE kind <> 'fixing'`);
    await runner.dropIndex('quarantine', 'quarantine_by_sheet');
    await setNullable(runner, false);
    await runner.dropColumns('quarantine', ['sheet_item_id', 'kind']);
  }
}

async function setNullable(runner: QueryRunner, isNullable: boolean): Promise<void> {
  const changes = OF_FIXINGS.map((options) => ({
    oldColumn: new TableColumn({ ...options, isNullable: !isNullable }),
    newColumn: new TableColumn({ ...options, isNullable }),
  }));
  await runner.changeColumns('quarantine', changes);
}
