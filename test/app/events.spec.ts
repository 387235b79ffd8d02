import { Reader } from '../../src/database/reader.js';
import { EventRetention } from '../../src/events/event-retention.js';
import { LogIdentity } from '../../src/events/log-identity.js';
import { STORE_ROW, StoreEntity } from '../../src/database/store.entity.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { databases } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { withKurs } from '../support/with-kurs.js';

const NOBODY = 'http://127.0.0.1:9';

interface Page {
  log_id: string;
  seq: number;
  events: { seq: number; code: string }[];
}

describe.each(databases)('the event log on $engine', ({ engine }) => {
  const fixture = withKurs({
    engine,
    clock: '2025-01-01T12:00:00Z',
    settings: { CBR_BASE_URL: NOBODY },
  });
  const { kurs, clock } = fixture;
  const rows = new Rows(kurs);

  const start = (environment: Record<string, string> = {}) => fixture.start(environment);
  const create1 = async (...codes: string[]) => {
    for (const code of codes)
      await kurs.get(RateEditsService).create({ code, name: code, value: '1.5' }, null);
  };
  const page = (query: string) => getJson<Page>(`${kurs.url}/v1/events?${query}`);
  const problem = async (query: string) => {
    const response = await fetch(`${kurs.url}/v1/events?${query}`);
    return [response.status, await response.json()] as const;
  };
  const seqs = async () => (await rows.events()).map(({ seq }) => seq);
  const acknowledge = (seq: number) =>
    kurs
      .get(UnitOfWork)
      .runWithoutVersionBump((unit) =>
        unit.update(StoreEntity, { id: STORE_ROW }, { relayed_seq: seq }),
      );

  describe('for catching-up consumers', () => {
    it('is returned page by page, with the same bytes as on sockets and NATS', async () => {
      await create1('AAA', 'BBB', 'CCC');
      const text = await (await fetch(`${kurs.url}/v1/events?after=0&limit=2`)).text();
      const [first, second] = await rows.events();
      const { log_id } = await kurs.get(Reader).store();
      expect(text).toBe(
        `{"log_id":"${log_id}","seq":3,"events":[${first?.payload},${second?.payload}]}`,
      );
      expect((await page(`after=2&log_id=${log_id}`)).events.map(({ code }) => code)).toEqual([
        'CCC',
      ]);
      expect((await page(`after=2&log_id=${log_id.toUpperCase()}`)).events).toHaveLength(1);
      expect((await page('after=3')).events).toEqual([]);
    });

    it('tells them to resync: another log, a shorter log, or pruned events', async () => {
      await create1('AAA', 'BBB', 'CCC');
      const { log_id } = await page('after=0');
      const gone = { code: 'gateway.resync_required', status: 410, log_id, seq: 3 };
      expect(await problem('after=4')).toEqual([410, expect.objectContaining(gone)]);
      const other = '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11';
      expect(await problem(`after=1&log_id=${other}`)).toEqual([
        410,
        expect.objectContaining(gone),
      ]);
      clock.set('2027-01-01T12:00:00Z');
      await kurs.get(EventRetention).prune();
      expect(await problem('after=0')).toEqual([410, expect.objectContaining(gone)]);
      expect((await page('after=2')).events).toHaveLength(1);
    });

    it.each([
      'after=x',
      'after=-1',
      'limit=1',
      'after=0&limit=1001',
      'after=0&log_id=1',
      'since=0',
    ])('rejects %s', async (query) => {
      expect((await problem(query))[0]).toBe(422);
    });
  });

  describe('prunes events older than EVENTS_KEEP_DAYS', () => {
    it('but never the last event, from which seq continues', async () => {
      await create1('AAA', 'BBB');
      clock.set('2026-02-04T12:00:00Z');
      await create1('CCC');
      expect(await kurs.get(EventRetention).prune()).toBe(0);
      clock.set('2026-02-05T12:00:01Z');
      expect(await kurs.get(EventRetention).prune()).toBe(2);
      expect(await seqs()).toEqual([3]);
      clock.set('2036-02-05T12:00:01Z');
      expect(await kurs.get(EventRetention).prune()).toBe(0);
      await create1('DDD');
      expect(await seqs()).toEqual([3, 4]);
    });

    it('at every start, and keeps what the broker has not acknowledged', async () => {
      await create1('AAA', 'BBB', 'CCC', 'DDD');
      clock.set('2036-01-01T12:00:00Z');
      await kurs.stop();
      await start({ NATS_URL: 'nats://127.0.0.1:9' });
      expect(await kurs.get(EventRetention).prune()).toBe(0);
      await acknowledge(2);
      await kurs.stop();
      await start();
      await eventually('two are forgotten', async () => (await seqs()).length === 2);
      expect(await kurs.get(EventRetention).prune()).toBe(0);
      expect(await seqs()).toEqual([3, 4]);
    });
  });

  it('gets a new id when its database is declared a restored backup', async () => {
    const { log_id } = await page('after=0');
    const renewed = await kurs.get(LogIdentity).renew();
    expect(renewed).not.toBe(log_id);
    expect((await page('after=0')).log_id).toBe(renewed);
  });
});
