import { Client } from 'pg';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { type ProblemBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const NOBODY = 'http://127.0.0.1:9';
/** Shorter than the service's own, so that a silent connection is abandoned soon. */
const QUERY_TIMEOUT_MS = 1_000;
/** Whoever inserts a rate, and whoever commits one, waits until the test releases it. */
const INSERT_LOCK = 7_002;
const COMMIT_LOCK = 7_003;

const WAIT = (name: string, lock: number, kind: string, when: string) => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${lock}); RETURN NULL; END $$;
  CREATE ${kind} wait_${name} AFTER INSERT ON rates ${when} FOR EACH ROW EXECUTE FUNCTION ${name}();`;

describe('a write with an Idempotency-Key whose commit is not confirmed', () => {
  let database: TestDatabase;
  let direct: Client;
  let proxy: TcpProxy;
  let kurs: RunningKurs;

  beforeEach(async () => {
    database = await createPostgres();
    proxy = await TcpProxy.inFrontOf(database.url);
    const DATABASE_URL = proxy.through(database.url, { query_timeout: String(QUERY_TIMEOUT_MS) });
    kurs = await startKurs({ CBR_BASE_URL: NOBODY, DATABASE_URL });
    direct = new Client(database.url);
    await direct.connect();
    await direct.query(
      WAIT('insert_it', INSERT_LOCK, 'TRIGGER', '') +
        WAIT('commit_it', COMMIT_LOCK, 'CONSTRAINT TRIGGER', 'DEFERRABLE INITIALLY DEFERRED'),
    );
  });

  afterEach(async () => {
    proxy.heal();
    await kurs.stop();
    await proxy.stop();
    await direct.end();
    await database.drop();
  });

  const write = async () => {
    const init = withBody('POST', { code: 'ONE', name: 'Once', value: '1.5' });
    const headers = { ...init.headers, 'Idempotency-Key': 'one' };
    const response = await fetch(`${kurs.url}/v1/rates`, { ...init, headers });
    const body = (await response.json()) as ProblemBody & { id: number };
    return { status: response.status, code: body.code, id: body.id };
  };
  const count = async (sql: string) => {
    const { rows } = await direct.query<{ count: number }>(`SELECT COUNT(*)::int AS count ${sql}`);
    return rows[0]?.count;
  };
  const lock = (id: number) => direct.query(`SELECT pg_advisory_lock(${id})`);
  const unlock = (id: number) => direct.query(`SELECT pg_advisory_unlock(${id})`);
  const isAwaited = (id: number) =>
    eventually(`lock ${id} is awaited`, async () => {
      const waiting = `FROM pg_locks WHERE locktype = 'advisory' AND objid = ${id} AND NOT granted`;
      return (await count(waiting)) === 1;
    });
  /** A key, a row and an event, whatever the number of requests. */
  const written = async () => ({
    rates: await count("FROM rates WHERE code = 'ONE'"),
    events: await count('FROM event_log'),
    keys: await count('FROM idempotency_keys'),
  });
  const ONCE = { rates: 1, events: 1, keys: 1 };
  const NEVER = { rates: 0, events: 0, keys: 0 };

  /** Repeats the request until the database answers. */
  const repeat = async () => {
    let answer = await write();
    await eventually('the request is answered', async () => {
      if (answer.status !== 503) return true;
      answer = await write();
      return false;
    });
    return answer;
  };

  it('is made once by its repetition if the commit did not reach the server', async () => {
    await lock(INSERT_LOCK);
    const first = write();
    await isAwaited(INSERT_LOCK);
    proxy.swallowFrom('COMMIT');
    await unlock(INSERT_LOCK);
    expect(await first).toMatchObject({ status: 503, code: 'database.commit_unknown' });
    proxy.heal();
    expect(await written()).toEqual(NEVER);
    const second = await repeat();
    expect(second.status).toBe(201);
    expect(await repeat()).toEqual(second);
    expect(await written()).toEqual(ONCE);
  });

  it.each([
    ['is cut', () => proxy.cut()],
    ['drops the answer', () => proxy.swallow('to-client')],
  ])('is not made again if the server commits it, and the connection %s', async (_, lose) => {
    await lock(COMMIT_LOCK);
    const first = write();
    await isAwaited(COMMIT_LOCK);
    lose();
    expect(await first).toMatchObject({ status: 503, code: 'database.commit_unknown' });
    proxy.heal();
    await unlock(COMMIT_LOCK);
    const second = await repeat();
    expect(second.status).toBe(201);
    expect(await repeat()).toEqual(second);
    expect(await written()).toEqual(ONCE);
  });

  it('is not made by a repetition beside it, which waits for its outcome', async () => {
    await lock(COMMIT_LOCK);
    const first = write();
    await isAwaited(COMMIT_LOCK);
    proxy.cut();
    expect(await first).toMatchObject({ status: 503, code: 'database.commit_unknown' });
    expect(await written()).toEqual(NEVER);
    const second = repeat();
    await eventually('it waits for the write lock', async () => {
      const waiting = "FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
      return (await count(waiting)) === 2;
    });
    await unlock(COMMIT_LOCK);
    expect(await second).toMatchObject({ status: 201 });
    expect(await written()).toEqual(ONCE);
  });
});
