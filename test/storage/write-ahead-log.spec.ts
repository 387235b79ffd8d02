import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { STORE_ROW, StoreEntity } from '../../src/database/store.entity.js';
import { Sqlite } from '../../src/database/sqlite.js';
import { EventLogEntity } from '../../src/events/event-log.entity.js';
import { createSqlite, type TestDatabase } from '../support/databases.js';
import { OpenedDatabase } from '../support/opened-database.js';

const MEGABYTE = 1024 * 1024;

describe('the write-ahead log of SQLite', () => {
  let database: TestDatabase;
  let opened: OpenedDatabase;

  beforeEach(async () => {
    database = await createSqlite();
    opened = await OpenedDatabase.open(database.url);
  });

  afterEach(async () => {
    await opened.close();
    await database.drop();
  });

  const write = (seq: number) =>
    opened.unitOfWork.run((unit) =>
      unit.insert(EventLogEntity, [
        {
          ...{ seq, event_id: randomUUID(), event: 'rate_created', code: 'TST', rate_id: 1 },
          ...{ payload: 'x'.repeat(MEGABYTE), recorded_at: new Date() },
        },
      ]),
    );
  const writeLittle = (relayed_seq: number) =>
    opened.unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(StoreEntity, { id: STORE_ROW }, { relayed_seq }),
    );

  it('shrinks while the service runs, once the foreign reader that pinned it has gone', async () => {
    const path = database.url.slice('sqlite:'.length);
    const size = () => statSync(`${path}-wal`).size;
    const foreign = new Sqlite(path);
    foreign.exec('BEGIN');
    foreign.prepare('SELECT * FROM store').all();
    for (let seq = 1; seq <= 40; seq++) await write(seq);
    expect(size()).toBeGreaterThan(40 * MEGABYTE);
    foreign.close();
    // The first commit checkpoints everything, the second restarts the log.
    await writeLittle(1);
    await writeLittle(2);
    expect(size()).toBeLessThanOrEqual(16 * MEGABYTE);
  });
});
