import { DataSource } from 'typeorm';
import { writerOptions } from '../../src/database/data-source.options.js';
import { IndicesByDay1797000000000 } from '../../src/database/migrations/1797000000000-indices-by-day.js';
import { SheetQuarantine1795970000000 } from '../../src/database/migrations/1795970000000-sheet-quarantine.js';
import { QuarantineItemEntity } from '../../src/rates/model/quarantine-item.entity.js';
import { QuarantinedFixingEntity } from '../../src/rates/model/quarantined-fixing.entity.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { execute } from '../support/execute.js';
import { OpenedDatabase } from '../support/opened-database.js';

const OLD_COLUMNS =
  'cbr_id, code, name, nominal, value, effective_date, document_id, previous_value, previous_nominal, previous_date, held_at, state';
const OLD_ROW = `'R01235', 'USD', 'Доллар США', 1, '93.0000', '2014-12-17', 1, '58.3461', 1, '2014-12-16', '2014-12-17T09:00:00.000Z', 'pending'`;

describe.each(databases)('the quarantine of an earlier Kurs on $engine', ({ create }) => {
  let database: TestDatabase;
  let opened: OpenedDatabase;
  let source: DataSource;

  beforeEach(async () => {
    database = await create();
    opened = await OpenedDatabase.open(database.url);
    source = await new DataSource(writerOptions(opened.settings, [])).initialize();
  });

  afterEach(async () => {
    await source.destroy();
    await opened.close();
    await database.drop();
  });

  const held = () =>
    opened.reader.select(QuarantineItemEntity, 'item').orderBy('item.id').getMany();

  it('keeps its rates, and is restored without the sheets on a downgrade', async () => {
    const migration = new SheetQuarantine1795970000000();
    const runner = source.createQueryRunner();
    // Later migrations are undone first.
    await new IndicesByDay1797000000000().down(runner);
    await migration.down(runner);
    await execute(database.url, `INSERT INTO quarantine (${OLD_COLUMNS}) VALUES (${OLD_ROW})`);
    await migration.up(runner);
    const [fixing] = await held();
    expect(fixing).toBeInstanceOf(QuarantinedFixingEntity);
    expect(fixing).toMatchObject({ id: 1, kind: 'fixing', code: 'USD', value: '93.0000' });
    await execute(
      database.url,
      `INSERT INTO quarantine (kind, effective_date, document_id, previous_date, held_at, state)
        VALUES ('sheet', '2014-12-18', 2, '2014-12-16', '2014-12-18T09:00:00.000Z', 'pending')`,
    );
    expect((await held()).map(({ kind }) => kind)).toEqual(['fixing', 'sheet']);
    await migration.down(runner);
    const table = await runner.getTable('quarantine');
    const nullable = table?.columns.filter(({ isNullable }) => isNullable).map(({ name }) => name);
    expect(nullable?.sort()).toEqual(['decided_at', 'decided_by', 'num_code']);
    expect(table?.indices.map(({ name }) => name).sort()).toEqual([
      ...['quarantine_by_fixing', 'quarantine_by_state'],
    ]);
    await migration.up(runner);
    expect((await held()).map(({ id, kind }) => `${id} ${kind}`)).toEqual(['1 fixing']);
    const again = await runner.getTable('quarantine');
    expect(again?.indices.map(({ name }) => name).sort()).toEqual([
      ...['quarantine_by_fixing', 'quarantine_by_sheet', 'quarantine_by_state'],
    ]);
    await runner.release();
  });
});
