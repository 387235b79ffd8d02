import { Client } from 'pg';
import { createPostgres, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { getJson, type ProblemBody, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const NOBODY = 'http://127.0.0.1:9';
const WRITERS = 12;
/** A commit that waits for it is under way. */
const COMMIT_LOCK = 7_001;
/** Five seconds in the queue, and as long for a connection; with room for a busy machine. */
const ANSWERED_WITHIN_MS = 15_000;
/** Shorter than the service's own, so that a silent connection is abandoned soon. */
const QUERY_TIMEOUT_MS = 1_000;

/** Commits that change a rate wait until the lock is free, as on a slow disk. */
const SLOW_COMMITS = `
  CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${COMMIT_LOCK}); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON rates
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`;

interface Answer {
  code: string;
  status: number;
  /** Of the problem; 'stored' after a write that was acknowledged. */
  outcome: string;
  retryAfter: string | null;
}

describe('writes while PostgreSQL goes away', () => {
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
    await direct.query(SLOW_COMMITS);
  });

  afterEach(async () => {
    proxy.heal();
    await kurs.stop();
    await proxy.stop();
    await direct.end();
    await database.drop();
  });

  const write = async (code: string): Promise<Answer> => {
    const body = { code, name: 'Outage', value: '1.5' };
    const response = await fetch(`${kurs.url}/v1/rates`, withBody('POST', body));
    const problem = (await response.json()) as ProblemBody;
    const { status, headers } = response;
    const outcome = status === 201 ? 'stored' : problem.code;
    return { code, status, outcome, retryAfter: headers.get('retry-after') };
  };
  const writeAll = (name: string) =>
    Array.from({ length: WRITERS }, (_, index) => write(`${name}${index}`));
  const stored = async () => {
    const { rows } = await direct.query<{ code: string }>('SELECT code FROM rates');
    return new Set(rows.map(({ code }) => code));
  };
  const isCommitting = async () => {
    const { rowCount } = await direct.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${COMMIT_LOCK} AND NOT granted`,
    );
    return (rowCount ?? 0) > 0;
  };
  /** Writes are possible again, and nothing that was answered before is still under way. */
  const isOver = async () => {
    proxy.heal();
    await eventually('a write is possible', async () => (await write('LAST')).status === 201);
    await eventually('no transaction is open', async () => {
      const { rowCount } = await direct.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
          AND pid <> pg_backend_pid() AND state <> 'idle'`,
      );
      return rowCount === 0;
    });
  };
  /** What an answer said, and what has become of the write, where the two differ. */
  const falsehoods = async (answers: readonly Answer[]) => {
    const found = await stored();
    return answers.filter(({ code, status, outcome }) => {
      if (outcome === 'stored') return !found.has(code);
      if (status !== 503) return true;
      return outcome !== 'database.commit_unknown' && found.has(code);
    });
  };

  it('says that the outcome is unknown if the connection is lost during the commit, and of no other', async () => {
    await direct.query(`SELECT pg_advisory_lock(${COMMIT_LOCK})`);
    const writing = writeAll('CUT');
    await eventually('a commit is under way', isCommitting);
    proxy.cut({ refusing: true });
    const answers = await Promise.all(writing);
    await direct.query(`SELECT pg_advisory_unlock(${COMMIT_LOCK})`);
    await isOver();
    const unknown = answers.filter(({ outcome }) => outcome === 'database.commit_unknown');
    expect(unknown).toHaveLength(1);
    expect(unknown[0]?.retryAfter).toBeNull();
    // PostgreSQL has finished the commit, although nobody waited for it any more.
    expect((await stored()).has(unknown[0]?.code ?? '')).toBe(true);
    expect(await falsehoods(answers)).toEqual([]);
    const [rate] = await getJson<unknown[]>(
      `${kurs.url}/v1/rates?codes=${unknown[0]?.code}&source=manual`,
    );
    expect(rate).toBeDefined();
  });

  it.each([
    ['refuses connections', () => proxy.cut({ refusing: true })],
    ['is silent', () => proxy.swallow()],
    ['cannot be heard', () => proxy.swallow('to-client')],
  ])('are all answered soon, and truly, where it %s', async (_, goAway) => {
    const began = performance.now();
    const answers = writeAll('A');
    await Promise.race(answers);
    goAway();
    answers.push(...writeAll('B'));
    const settled = await Promise.all(answers);
    expect(performance.now() - began).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(settled.map(({ outcome }) => outcome)).toContain('stored');
    expect(settled.some(({ status }) => status === 503)).toBe(true);
    await isOver();
    expect(await falsehoods(settled)).toEqual([]);
  });
});
