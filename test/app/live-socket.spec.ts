import { Reader } from '../../src/database/reader.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { EventLogEntity } from '../../src/events/event-log.entity.js';
import { EventLog } from '../../src/events/event-log.js';
import type { RateChange } from '../../src/events/rate-event.js';
import { LiveSessions } from '../../src/gateway/live-sessions.js';
import { eventually } from '../support/eventually.js';
import { getJson, withBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, manyValutes, sheetXml, USD } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { withKurs } from '../support/with-kurs.js';

describe('the live socket', () => {
  const { bank, kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD])],
    settings: { ALLOWED_ORIGINS: 'https://shop.example' },
  });

  /** Appends this many changes, each with an event of half a kilobyte. */
  const wideChanges = async (count: number) => {
    const change = (await kurs.get(Reader).select(EventLogEntity, 'log').getOneOrFail()).payload;
    const { seq: _, event_id: __, ...rate } = JSON.parse(change) as Record<string, unknown>;
    const wide = { ...rate, value: '1.5', created_at: new Date(), name: 'я'.repeat(195) };
    return Array<RateChange>(count).fill(wide as unknown as RateChange);
  };
  const append = (changes: RateChange[]) =>
    kurs.get(UnitOfWork).run((unit) => kurs.get(EventLog).append(unit, changes));

  it('sends every client one text frame per event: the payload of the log, in order', async () => {
    const clients = await Promise.all([1, 2, 3].map(() => SocketClient.connect(kurs.url)));
    bank.publish(sheetXml('28.04.2026', [at(USD, '76,0000'), ...manyValutes(54)]));
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    const body = { code: 'ABC', name: 'x'.repeat(200), value: '1.5' };
    await getJson(`${kurs.url}/rates/create`, withBody('POST', body));
    const expected = (await new Rows(kurs).events()).slice(1).map(({ payload }) => payload);
    for (const client of clients) expect(await client.received(56)).toEqual(expected);
  });

  it('sends the payload of section 4 with its fields in order', async () => {
    const client = await SocketClient.connect(kurs.url);
    bank.publish(sheetXml('28.04.2026', [at(USD, '76,0100')]));
    await getJson(`${kurs.url}/tasks/run`, { method: 'POST' });
    const [frame = ''] = await client.received(1);
    expect(frame).toMatch(
      /^\{"event":"rate_updated","id":2,"code":"USD","name":"Доллар США","value":76\.01,"created_at":"[^"]+Z","nominal":1,"effective_date":"2026-04-28","previous_value":75\.5273,"previous_nominal":1,"source":"cbr","seq":2,"event_id":"[0-9a-f-]{36}"\}$/,
    );
  });

  it('accepts programs, its own pages and allowed origins, and rejects others with 403', async () => {
    const host = new URL(kurs.url).host;
    for (const origin of ['https://shop.example', `http://${host}`]) {
      await (await SocketClient.connect(kurs.url, { Origin: origin })).close();
    }
    const behindTls: Record<string, string>[] = [
      { Host: 'kurs.example:443', Origin: 'https://kurs.example' },
      { Host: 'kurs.example', Origin: 'https://kurs.example', 'X-Forwarded-Proto': 'https' },
    ];
    for (const headers of behindTls) {
      await (await SocketClient.connect(kurs.url, headers)).close();
    }
    const others: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Host: 'kurs.example', Origin: 'http://kurs.example', 'X-Forwarded-Proto': 'https' },
    ];
    for (const headers of others) {
      await expect(SocketClient.connect(kurs.url, headers)).rejects.toThrow('403');
    }
  });

  it('closes a client that sends a binary frame, or more than 4 KiB', async () => {
    const binary = await SocketClient.connect(kurs.url);
    binary.socket.send(Buffer.from('x'));
    expect(await binary.closed).toBe(1003);
    const large = await SocketClient.connect(kurs.url);
    large.socket.send('x'.repeat(4097));
    expect(await large.closed).toBe(1009);
    const metrics = await (await fetch(`${kurs.url}/metrics`)).text();
    expect(metrics).toContain('kurs_live_drops_total{reason="protocol"} 1\n');
    expect(metrics).toContain('kurs_live_drops_total{reason="unsupported_data"} 1\n');
  });

  it('closes with 1012 when the service stops', async () => {
    const client = await SocketClient.connect(kurs.url);
    await kurs.stop();
    expect(await client.closed).toBe(1012);
  });

  it('drops a client that stops reading, and continues with the others', async () => {
    const paused = await SocketClient.connect(kurs.url);
    paused.socket.pause();
    const reading = await SocketClient.connect(kurs.url);
    // Each round is about 1.1 MB of frames; the kernel buffers a few, the send buffer takes 1 MiB.
    const changes = await wideChanges(2_000);
    for (let round = 0; round < 12; round++) {
      await append(changes);
      await reading.received((round + 1) * changes.length);
    }
    expect((await reading.received(24_000)).length).toBe(24_000);
    paused.socket.resume();
    expect([1006, 1013]).toContain(await paused.closed);
    expect(paused.messages.length).toBeLessThan(24_000);
  });

  it('replays up to ten thousand events at the pace of the reader; for more it sends a resync', async () => {
    const changes = await wideChanges(1_000);
    for (let page = 0; page < 10; page++) await append(changes);
    const log = (await new Rows(kurs).events()).map(({ payload }) => payload);
    // The replay for this client exceeds its send buffer and waits.
    const slow = await SocketClient.connect(kurs.url, {}, '?since=1');
    slow.socket.pause();
    const client = await SocketClient.connect(kurs.url, {}, '?since=1');
    expect(await client.received(10_000)).toEqual(log.slice(1));
    const unsent = [...kurs.get(LiveSessions)].map(({ outlet }) => outlet.unsentBytes);
    expect(Math.max(...unsent)).toBeLessThan(1024 * 1024);
    slow.socket.resume();
    expect(await slow.received(10_000)).toEqual(client.messages);
    // A client that is cut off while its replay waits affects no other.
    const gone = await SocketClient.connect(kurs.url, {}, '?since=1');
    gone.socket.pause();
    const { outlet } = [...kurs.get(LiveSessions)].at(-1) ?? {};
    await eventually('its replay waits', () => (outlet?.unsentBytes ?? 0) > 128 * 1024);
    outlet?.ping(undefined);
    expect(outlet?.dropUnlessAlive()).toBe(true);
    // A paused socket would keep the test process alive.
    gone.socket.resume();
    expect(await gone.closed).toBe(1006);
    expect(await getJson(`${kurs.url}/health/live`)).toEqual({ status: 'ok' });
    const behind = await SocketClient.connect(kurs.url, {}, '?since=0');
    expect((await behind.received(1))[0]).toContain('"resync_required"');
  });
});
