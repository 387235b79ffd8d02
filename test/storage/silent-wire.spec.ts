import { StoreEntity } from '../../src/database/store.entity.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** In which a connection is given up, for this test: it does not wait for the service's own patience. */
const ANSWER_WAIT_MS = 300;
/** Less than the pool keeps a connection that nobody uses. */
const ENDED_WITHIN_MS = 5_000;

describe('a wire to PostgreSQL that swallows everything, and resets nothing', () => {
  let database: TestDatabase;
  let direct: OpenedDatabase;
  let proxy: TcpProxy;
  let through: OpenedDatabase;

  beforeEach(async () => {
    database = await createPostgres();
    direct = await OpenedDatabase.open(database.url);
    const url = new URL(database.url);
    proxy = await TcpProxy.start(Number(url.port));
    url.port = String(proxy.port);
    url.searchParams.set('query_timeout', String(ANSWER_WAIT_MS));
    url.searchParams.set('application_name', 'through');
    through = await OpenedDatabase.open(url.href);
  });

  afterEach(async () => {
    await through.close();
    await proxy.stop();
    await direct.close();
    await database.drop();
  });

  const moveCursor = (relayed_seq: number) =>
    through.unitOfWork.keepBooks((unit) => unit.update(StoreEntity, { id: 1 }, { relayed_seq }));
  /** As PostgreSQL counts them. */
  const connections = async () => {
    const [row] = await direct.reader.rows<{ count: number }>(
      `SELECT COUNT(*) AS count FROM pg_stat_activity
        WHERE application_name = 'through' AND datname = current_database()`,
      [],
    );
    return row?.count;
  };

  it('is given up by the writer and by readers, who then have another', async () => {
    await moveCursor(1);
    await through.reader.store();
    expect(await connections()).toBe(2);
    proxy.swallow();
    const [written, seen] = await Promise.allSettled([moveCursor(2), through.reader.store()]);
    expect(written).toMatchObject({ reason: { code: 'database.unavailable' } });
    expect(seen).toMatchObject({ reason: { message: 'Query read timeout' } });
    const isEnded = async () => (await connections()) === 0;
    await eventually('both connections have ended', isEnded, ENDED_WITHIN_MS);
    proxy.heal();
    await moveCursor(3);
    expect((await through.reader.store()).relayed_seq).toBe(3);
  });
});
