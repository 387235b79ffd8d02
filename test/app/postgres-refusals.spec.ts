import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { eventually } from '../support/eventually.js';
import { execute } from '../support/execute.js';
import type { ProblemBody } from '../support/json.js';
import { withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Scrape } from '../support/metrics.js';

const NOBODY = 'http://127.0.0.1:9';
const RATE = { code: 'TST', name: 'Test', value: '1.50' };

interface Answer {
  status: number;
  text: string;
  body: ProblemBody;
}

/** PostgreSQL that rejects a running service. */
describe('a PostgreSQL that rejects', () => {
  const server = process.env.KURS_TEST_POSTGRES ?? '';
  let name: string;
  let kurs: RunningKurs;

  const administer = (statement: string) => execute(`${server}/postgres`, statement);
  const disconnect = () =>
    administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${name}'`);

  beforeEach(async () => {
    name = `kurs_${randomBytes(6).toString('hex')}`;
    await administer(`CREATE ROLE ${name} LOGIN PASSWORD 'before'`);
    await administer(`CREATE DATABASE ${name} OWNER ${name}`);
    const url = new URL(server);
    url.username = name;
    url.password = 'before';
    url.pathname = name;
    kurs = await startKurs({
      ...{ CBR_BASE_URL: NOBODY, DATABASE_URL: url.href },
      READS_WITHOUT_DATABASE_SECONDS: '0',
    });
  });

  afterEach(async () => {
    await kurs.stop();
    await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await administer(`DROP DATABASE IF EXISTS ${name}_renamed WITH (FORCE)`);
    await administer(`DROP ROLE ${name}`);
  });

  const answer = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${kurs.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as ProblemBody };
  };
  const everyKind = () =>
    Promise.all([
      ...['/v1/status', '/v1/events?after=0', '/rates/get'].map((path) => answer(path)),
      answer('/v1/rates', withBody('POST', RATE)),
      answer('/tasks/run', { method: 'POST' }),
      answer('/health/ready'),
      answer('/health'),
    ]);

  const expectUnavailable = async () => {
    for (const { status, text, body } of await everyKind()) {
      expect([status, body.code]).toEqual([503, 'database.unavailable']);
      expect(text).not.toContain(name);
      expect(text).not.toMatch(/password|authentication|does not exist/i);
    }
    const scrape = await Scrape.of(kurs.url);
    expect(scrape.value('kurs_database_up')).toBe(0);
  };
  const expectRecovery = async () => {
    await eventually('it writes again', async () => {
      return (await answer('/v1/rates', withBody('POST', RATE))).status === 201;
    });
    const status = await answer('/v1/status');
    expect(status.text).not.toContain(name);
    expect(status.text).not.toMatch(/password|authentication|does not exist/i);
  };

  it('log-ins is unavailable, is not quoted, and is used again once it accepts them', async () => {
    await administer(`ALTER ROLE ${name} PASSWORD 'after'`);
    await disconnect();
    await expectUnavailable();
    await administer(`ALTER ROLE ${name} PASSWORD 'before'`);
    await expectRecovery();
  });

  it('a renamed database is unavailable, is not quoted, and is used again', async () => {
    await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await disconnect();
    await administer(`ALTER DATABASE ${name} RENAME TO ${name}_renamed`);
    await expectUnavailable();
    await administer(`ALTER DATABASE ${name}_renamed RENAME TO ${name}`);
    await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await expectRecovery();
  });

  describe('or cancels a statement', () => {
    let holder: Client;

    beforeEach(async () => {
      holder = new Client(`${server}/${name}`);
      await holder.connect();
    });

    afterEach(() => holder.end());

    const lockRates = () => holder.query('BEGIN; LOCK TABLE rates IN ACCESS EXCLUSIVE MODE');
    const waiting = async () => {
      const { rows } = await holder.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = '${name}' AND wait_event_type = 'Lock'`,
      );
      return rows;
    };

    it.each([
      ['a read', '/rates/get/usd', undefined],
      ['a write', '/v1/rates', withBody('POST', RATE)],
    ])('answers 503, and logs no internal error: %s', async (_, path, init) => {
      const logged = jest.spyOn(Logger.prototype, 'error');
      await lockRates();
      const asked = answer(path, init);
      await eventually('it waits', async () => (await waiting()).length > 0);
      await holder.query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
           WHERE datname = '${name}' AND wait_event_type = 'Lock'`,
      );
      const { status, body } = await asked;
      expect([status, body.code]).toEqual([503, 'database.unavailable']);
      expect(logged).not.toHaveBeenCalled();
      logged.mockRestore();
      await holder.query('ROLLBACK');
      await expectRecovery();
    });

    it('because of statement_timeout answers 503', async () => {
      await administer(`ALTER ROLE ${name} SET statement_timeout = 300`);
      await disconnect();
      await eventually(
        'it connects again',
        async () => (await answer('/v1/status')).status === 200,
      );
      await lockRates();
      for (const path of ['/rates/get/usd', '/v1/rates/1']) {
        const { status, body } = await answer(path);
        expect([path, status, body.code]).toEqual([path, 503, 'database.unavailable']);
      }
      const { status, body } = await answer('/v1/rates', withBody('POST', RATE));
      expect([status, body.code]).toEqual([503, 'database.unavailable']);
      await holder.query('ROLLBACK');
      await expectRecovery();
    });
  });
});
