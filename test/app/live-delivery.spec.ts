import { randomUUID } from 'node:crypto';
import { StoreEntity } from '../../src/database/store.entity.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { EventRetention } from '../../src/events/event-retention.js';
import { EventTail } from '../../src/events/event-tail.js';
import { LogIdentity } from '../../src/events/log-identity.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';
import { withKurs } from '../support/with-kurs.js';

const socket = { face: 'the socket', connect: SocketClient.connect.bind(SocketClient) };
const stream = { face: 'the stream', connect: StreamClient.connect.bind(StreamClient) };

describe.each([socket, stream])('live delivery by $face', ({ connect }) => {
  let logId: string;

  /** Events 1 to 3 are the first sheet: EUR, JPY and USD in some order. */
  const fixture = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR, JPY])],
    clock: '2026-04-25T12:00:00Z',
    settings: { EVENTS_KEEP_DAYS: '1' },
  });
  const { bank, kurs, clock } = fixture;

  beforeEach(async () => {
    logId = await kurs.get(LogIdentity).current();
  });

  const run = () => getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
  const make = async (...codes: string[]) => {
    for (const code of codes)
      await kurs.get(RateEditsService).create({ code, name: code, value: '1.5' }, null);
  };
  const events = async (from = 1) =>
    (await new Rows(kurs).events()).filter(({ seq }) => seq >= from).map(({ payload }) => payload);
  const codesOf = (messages: string[]) =>
    messages.map((message) => (JSON.parse(message) as { code: string }).code);
  const open = (query: string, headers: Record<string, string> = {}) =>
    connect(kurs.url, headers, query);

  it('sends everyone the events of the chosen codes, and nothing else', async () => {
    const all = await open('');
    const some = await open('?codes=usd,AAA');
    const same = await open('?codes=AAA,USD');
    await make('BBB', 'AAA');
    bank.publish(sheetXml('28.04.2026', [at(USD, '76,0000'), at(EUR, '89,0000'), JPY]));
    await run();
    expect(await all.received(4)).toEqual(await events(4));
    expect(codesOf(await some.received(2))).toEqual(['AAA', 'USD']);
    expect(await same.received(2)).toEqual(some.messages);
  });

  it('begins with the current rates, and continues with their changes', async () => {
    await make('ABC', 'USD');
    const client = await open('?snapshot=1');
    const [text = ''] = await client.received(1);
    const { rates, ...rest } = JSON.parse(text) as { rates: { code: string; id: number }[] };
    expect(rest).toEqual({ event: 'snapshot', log_id: logId, seq: 5 });
    const stored = await getJson<{ id: number }[]>(`${kurs.url}/rates/get`);
    // A manual dollar takes precedence over the bank's one of the same day.
    const ofBank = stored.filter(({ id }) => id === 1);
    expect(rates.map(({ code }) => code)).toEqual(['ABC', 'EUR', 'JPY', 'USD']);
    expect(rates).toEqual(expect.arrayContaining(stored.filter((rate) => !ofBank.includes(rate))));
    await make('DEF');
    expect((await client.received(2))[1]).toBe((await events(6))[0]);
  });

  it('includes only the requested codes, tomorrow’s sheet once published, and nothing deleted', async () => {
    bank.publish(sheetXml('26.04.2026', [at(USD, '76,0100'), EUR, JPY]));
    await run();
    const [euro] = await getJson<{ id: number }[]>(`${kurs.url}/rates/get/EUR`);
    await fetch(`${kurs.url}/rates/delete?rate_id=${euro?.id}`, { method: 'DELETE' });
    const client = await open('?snapshot=1&codes=USD,EUR,XXX');
    const [text = ''] = await client.received(1);
    const { rates } = JSON.parse(text) as { rates: object[] };
    expect(rates).toEqual([
      expect.objectContaining({ code: 'USD', value: 76.01, effective_date: '2026-04-26' }),
    ]);
  });

  it('replays events since a position in the log, then goes live', async () => {
    const whole = await open(`?since=${logId}:0`);
    const part = await open('?since=2');
    const none = await open(`?since=${logId.toUpperCase()}:3`);
    await make('AAA');
    expect(await whole.received(4)).toEqual(await events());
    expect(await part.received(2)).toEqual(await events(3));
    expect(await none.received(1)).toEqual(await events(4));
  });

  it('counts positions in the log, not in the filtered events', async () => {
    await make('AAA', 'BBB', 'AAA');
    const client = await open('?since=4&codes=AAA');
    await make('AAA');
    expect(await client.received(2)).toEqual([(await events(6))[0], (await events(7))[0]]);
  });

  it('sends a resync if it cannot replay, and is live from there', async () => {
    const other = '00000000-0000-4000-8000-000000000000';
    const clients = [await open(`?since=${other}:2`), await open('?since=4')];
    await make('AAA');
    for (const client of clients) {
      const [first = '', second] = await client.received(2);
      expect(first).toBe(`{"event":"resync_required","log_id":"${logId}","seq":3}`);
      expect(second).toBe((await events(4))[0]);
    }
  });

  it('sends the snapshot after the resync on request; a client that can resume gets none', async () => {
    const lost = await open('?since=77&snapshot=1');
    expect((await lost.received(2)).map((text) => (JSON.parse(text) as Named).event)).toEqual([
      'resync_required',
      'snapshot',
    ]);
    const resumed = await open('?since=2&snapshot=1');
    expect(await resumed.received(1)).toEqual(await events(3));
  });

  it('detects that events are no longer kept', async () => {
    clock.set('2026-04-28T12:00:00Z');
    await make('AAA');
    await kurs.get(EventRetention).prune();
    // Events in memory could still be replayed.
    await fixture.start();
    const client = await open('?since=1');
    const [first = ''] = await client.received(1);
    expect(JSON.parse(first)).toEqual({ event: 'resync_required', log_id: logId, seq: 4 });
    expect(await (await open('?since=3')).received(1)).toEqual(await events(4));
  });

  it('resumes after a restart, when nothing is in memory', async () => {
    await make('AAA', 'BBB');
    await fixture.start();
    const client = await open(`?since=${logId}:1`);
    await make('CCC');
    expect(await client.received(5)).toEqual(await events(2));
  });

  it('informs every client when the log gets a new id', async () => {
    const client = await open('');
    // Otherwise the events of the first sheet may arrive after the new id.
    await kurs.get(EventTail).caughtUp();
    const name = await kurs.get(LogIdentity).renew();
    const [first = ''] = await client.received(1);
    expect(JSON.parse(first)).toEqual({ event: 'resync_required', log_id: name, seq: 3 });
    await make('AAA');
    expect((await client.received(2))[1]).toBe((await events(4))[0]);
  });

  it('sends nothing else to clients that start under the new id, however early', async () => {
    await kurs.get(EventTail).caughtUp();
    // Renamed by another process: the tail finds it with its next poll.
    const name = randomUUID();
    const renamed = { log_id: name };
    await kurs
      .get(UnitOfWork)
      .runWithoutVersionBump((unit) => unit.update(StoreEntity, { id: 1 }, renamed));
    const resumed = await open(`?since=${name}:3`);
    await kurs.get(EventTail).caughtUp();
    const begun = await open('?snapshot=1');
    const [snapshot = ''] = await begun.received(1);
    expect(JSON.parse(snapshot)).toMatchObject({ event: 'snapshot', log_id: name, seq: 3 });
    await make('AAA');
    expect((await begun.received(2))[1]).toBe((await events(4))[0]);
    expect(await resumed.received(1)).toEqual(await events(4));
  });

  it('rejects an invalid query with 422', async () => {
    const bad = ['?since=abc', '?since=-1', '?snapshot=yes', '?codes=', '?codes=US.D', '?code=USD'];
    for (const query of [...bad, '?codes=USD&codes=EUR', '?since=1&since=2']) {
      await expect(open(query)).rejects.toThrow('422');
    }
  });

  it('counts its work in metrics', async () => {
    const client = await open('?since=1');
    await client.received(2);
    const lost = await open('?since=99');
    await lost.received(1);
    const metrics = await (await fetch(`${kurs.url}/metrics`)).text();
    expect(metrics).toMatch(/^kurs_live_connections\{transport="\w+"\} 2$/m);
    expect(metrics).toMatch(/^kurs_live_events_sent_total\{transport="\w+"\} 2$/m);
    expect(metrics).toMatch(/^kurs_live_replay_events_bucket\{le="10"\} 1$/m);
    expect(metrics).toMatch(/^kurs_live_resyncs_total 1$/m);
    await client.close();
    await lost.close();
    await eventually('both are gone', async () => {
      const now = await (await fetch(`${kurs.url}/metrics`)).text();
      return !/^kurs_live_connections\{transport="\w+"\} [1-9]/m.test(now);
    });
  });
});

interface Named {
  event: string;
}
