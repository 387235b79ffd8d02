import { Slices } from '../../src/database/slices.js';
import { StoreEntity } from '../../src/database/store.entity.js';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** Timeout of a connection in this test, in milliseconds; shorter than the service's own. */
const ANSWER_WAIT_MS = 300;
/** Less than the pool keeps an idle connection. */
const ENDED_WITHIN_MS = 5_000;
/** PostgreSQL would collect all numbers before the first one if the function stood in FROM. */
const NUMBERS = '(SELECT generate_series(1, 1000000) AS id) AS numbers';

describe('a connection to PostgreSQL that drops every byte without a reset', () => {
  let database: TestDatabase;
  let direct: OpenedDatabase;
  let proxy: TcpProxy;
  let through: OpenedDatabase;

  beforeEach(async () => {
    database = await createPostgres();
    direct = await OpenedDatabase.open(database.url);
    proxy = await TcpProxy.inFrontOf(database.url);
    const parameters = { query_timeout: String(ANSWER_WAIT_MS), application_name: 'through' };
    through = await OpenedDatabase.open(proxy.through(database.url, parameters));
  });

  afterEach(async () => {
    await through.close();
    await proxy.stop();
    await direct.close();
    await database.drop();
  });

  const moveCursor = (relayed_seq: number) =>
    through.unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(StoreEntity, { id: 1 }, { relayed_seq }),
    );
  /** Process ids of PostgreSQL. */
  const connections = async () => {
    const rows = await direct.reader.rows<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
        WHERE application_name = 'through' AND datname = current_database() ORDER BY pid`,
      [],
    );
    return rows.map(({ pid }) => pid);
  };

  it('is abandoned by the writer and by readers, who then get another', async () => {
    await moveCursor(1);
    await through.reader.store();
    expect(await connections()).toHaveLength(2);
    proxy.swallow();
    const [written, seen] = await Promise.allSettled([moveCursor(2), through.reader.store()]);
    expect(written).toMatchObject({ reason: { code: 'database.unavailable' } });
    expect(seen).toMatchObject({ reason: { message: 'Query read timeout' } });
    const isEnded = async () => (await connections()).length === 0;
    await eventually('both connections have ended', isEnded, ENDED_WITHIN_MS);
    proxy.heal();
    await moveCursor(3);
    expect((await through.reader.store()).relayed_seq).toBe(3);
  });

  const readNumbers = (take: (lines: Buffer) => void, cell = 'id', text = "'text'") =>
    through.snapshots.readFreely((rows) =>
      rows.lines(
        {
          ...{ cells: [cell], texts: [text], table: NUMBERS },
          ...{ where: 'true', parameters: [], order: ['id'], after: [0] },
        },
        (lines) => {
          take(lines);
          return [];
        },
        new Slices(),
      ),
    );

  it('is abandoned while rows arrive, however long all of them would take', async () => {
    let count = 0;
    await readNumbers(() => (count += 1));
    expect(count).toBe(1_000_000);
    const stopped = readNumbers(() => proxy.swallow());
    await expect(stopped).rejects.toThrow('Query read timeout');
    proxy.heal();
    expect((await through.reader.store()).relayed_seq).toBe(0);
  });

  it('has every row whole, however packets split them and however long they are taken', async () => {
    let next = 1;
    const differing: string[] = [];
    // Some rows are longer than a packet.
    const text = "repeat(id::text || '|', CASE WHEN id % 5000 = 0 THEN 20000 ELSE id % 7 END)";
    await readNumbers(
      (line) => {
        const id = String(next++);
        const times = Number(id) % 5_000 === 0 ? 20_000 : Number(id) % 7;
        const expected = `${id} '${`${id}|`.repeat(times)}'\n`;
        if (line.toString() !== expected) differing.push(id);
      },
      'id',
      text,
    );
    expect({ differing, next }).toEqual({ differing: [], next: 1_000_001 });
  });

  it('that is cut while rows arrive fails the reading at once, and the next one has another', async () => {
    const cut = readNumbers(() => proxy.cut());
    await expect(cut).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await through.reader.store()).relayed_seq).toBe(0);
  });

  it('is used again after an error of the server among the rows', async () => {
    await through.reader.store();
    const before = await connections();
    let count = 0;
    const failed = readNumbers(() => (count += 1), '1 / (id - 500000)');
    await expect(failed).rejects.toThrow('division by zero');
    expect(count).toBeGreaterThan(0);
    expect((await through.reader.store()).relayed_seq).toBe(0);
    expect(await connections()).toEqual(before);
  });

  it('is used again after a row that could not be read', async () => {
    await through.reader.store();
    const before = await connections();
    let count = 0;
    const failed = readNumbers((lines) => {
      count += 1;
      throw new RangeError(lines.toString());
    });
    await expect(failed).rejects.toThrow(new RangeError("1 'text'\n"));
    expect(count).toBe(1);
    expect((await through.reader.store()).relayed_seq).toBe(0);
    expect(await connections()).toEqual(before);
  });
});
