import { copyFileSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { withCommandHost } from '../support/command-host.js';
import { CommandProcess } from '../support/command-process.js';
import { eventually } from '../support/eventually.js';
import { getJson, withBody } from '../support/json.js';
import { readLog } from '../support/log-reader.js';
import { Scrape } from '../support/metrics.js';
import { NatsServer } from '../support/nats-server.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { StreamReader } from '../support/stream-reader.js';
import { withKurs } from '../support/with-kurs.js';

interface Status {
  log_id: string;
  nats: { state: string; backlog: number; lacking: number | null; republish_since: number | null };
}

/**
 * An operator's setting: Kurs would remember ids for ten minutes. Longer than a busy machine takes from the
 * purge to the first event that is sent again.
 */
const WINDOW_MS = 8_000;

describe('a stream and an event log that have diverged', () => {
  const fixture = withKurs({
    broker: true,
    sheets: [sheetXml('25.04.2026', manyValutes(10))],
    starts: false,
  });
  const { bank, kurs } = fixture;
  let environment: Record<string, string>;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    for (const level of ['log', 'warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...[line]: unknown[]) => {
        lines.push(`${level} ${String(line)}`);
      });
    }
    environment = {
      CBR_BASE_URL: bank.url,
      NATS_URL: fixture.broker.url,
      DATABASE_URL: fixture.database.url,
    };
    await start();
  });

  afterEach(() => jest.restoreAllMocks());

  const start = async () => {
    await fixture.start();
    await drained();
  };
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const drained = () =>
    eventually('the backlog is drained', async () => (await status()).nats.backlog === 0);
  const post = (code: string) =>
    getJson(`${kurs.url}/rates/create`, withBody('POST', { code, name: code, value: '1.5' }));
  const createRates = async (...codes: string[]) => {
    for (const code of codes) await post(code);
    await drained();
  };
  const administer = async (work: (reader: StreamReader) => Promise<unknown>): Promise<void> => {
    const reader = await StreamReader.connect(fixture.broker.url);
    await work(reader);
    await reader.close();
  };
  const republishing = (...words: string[]) =>
    new CommandProcess('events:republish', environment, words);
  const host = withCommandHost();
  const republish = async (...words: string[]) => {
    const { code, said, complained } = await host.run(environment, 'events:republish', ...words);
    return { code, said: said + complained };
  };
  const doctor = async () => {
    const { port } = new URL(kurs.url);
    return (await host.run({ ...environment, PORT: port }, 'doctor')).said;
  };
  /** In everything that an operator looks at. */
  const expectLack = async (lacking: number) => {
    const since = lacking > 0 ? 0 : null;
    expect((await status()).nats).toMatchObject({ lacking, republish_since: since });
    const { checks } = await getJson<{ checks: { broker: object } }>(`${kurs.url}/health`);
    const broker = { status: lacking > 0 ? 'degraded' : 'up', lacking };
    expect(checks.broker).toMatchObject(broker);
    const scrape = await Scrape.of(kurs.url);
    expect(scrape.value('kurs_stream_lacking_events')).toBe(lacking);
    const said = `lacks ${lacking} events that were published`;
    expect((await doctor()).includes(said)).toBe(lacking > 0);
    const printed = (await host.run({}, 'status', '--url', kurs.url)).said;
    expect(printed.includes(said)).toBe(lacking > 0);
  };
  const expectStreamIsLogSince = (seq: number) =>
    administer(async (reader) => {
      const log = (await readLog(fixture.database.url)).slice(seq);
      const stored = await reader.stored(log.length);
      expect(stored.map(({ payload }) => payload)).toEqual(log.map(({ payload }) => payload));
      expect(stored.map((message) => message.header('Nats-Msg-Id'))).toEqual(
        log.map(({ event_id }) => event_id),
      );
    });

  it('are reconciled by events:republish after the stream was deleted', async () => {
    await administer(async ({ nats }) => (await jetstreamManager(nats)).streams.delete('RATES'));
    expect(await republish('--since', '3')).toEqual({
      code: 0,
      said: 'The stream has all events up to 10\n',
    });
    await expectStreamIsLogSince(3);
    expect(await republish('--since', '3')).toMatchObject({ said: 'No event was missing\n' });
    await createRates('AFTER');
    await expectStreamIsLogSince(3);
  });

  it('are detected: a deleted stream lacks events, and status, health, metrics, commands and logs say so', async () => {
    await expectLack(0);
    await administer(async ({ nats }) => (await jetstreamManager(nats)).streams.delete('RATES'));
    await expectLack(10);
    await createRates('AFTER');
    await expectLack(10);
    const said = lines.join('\n');
    expect(said).toMatch(/did not take them: No stream keeps them: it was deleted/);
    expect(said).not.toMatch(/not enabled/);
    const lack = /error .*lacks events 1 to 10.*kurs (?:-- )?(events:republish --since 0 --purge)/;
    const [, command = ''] = lack.exec(said) ?? [];
    expect(command).not.toBe('');
    await administer(async ({ nats }) => {
      const { streams } = await jetstreamManager(nats);
      await streams.update('RATES', { duplicate_window: nanos(WINDOW_MS) });
    });
    await kurs.stop();
    await start();
    await expectLack(10);
    expect(await republish(...command.split(' ').slice(1))).toMatchObject({ code: 0 });
    await expectStreamIsLogSince(0);
    await expectLack(0);
  });

  it('are reconciled in order with --purge if events followed a wipe', async () => {
    await administer(async ({ nats }) => {
      const { streams } = await jetstreamManager(nats);
      await streams.update('RATES', { duplicate_window: nanos(WINDOW_MS) });
      await streams.purge('RATES');
    });
    await createRates('ONE', 'TWO');
    expect(await republish('--since', '0')).toEqual({
      code: 1,
      said:
        'The stream holds events from 11 to 12, which do not join on to what is wanted; ' +
        '--purge removes what it holds, and sends the log again\n',
    });
    let isRestored = false;
    const write = async () => {
      for (let count = 1; !isRestored; count++) await createRates(`MORE${count}`);
    };
    const writing = write();
    const restored = await republish('--since', '0', '--purge');
    isRestored = true;
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.said).toMatch(/duplicate window/);
    await writing;
    await expectStreamIsLogSince(0);
  });

  it('are reconciled after the duplicate window, which is printed and can be interrupted or shortened', async () => {
    await administer(async ({ nats }) => (await jetstreamManager(nats)).streams.purge('RATES'));
    await createRates('AFTER');
    const first = republishing('--since', '0', '--purge');
    await first.printed(/takes them again when its duplicate window has passed.* 600 s at most/);
    expect(await first.kill('SIGINT')).toEqual({ code: 1, signal: null });
    expect(first.errorOutput).toMatch(/^Stopped.*\n$/);
    const second = republishing('--since', '0', '--purge');
    await second.printed(/duplicate window/);
    await administer(async ({ nats }) => {
      const { streams } = await jetstreamManager(nats);
      await streams.update('RATES', { duplicate_window: nanos(100) });
    });
    expect(await second.exited).toMatchObject({ code: 0 });
    await expectStreamIsLogSince(0);
  });

  it('stay as they are if nothing can be restored, and the command says why', async () => {
    expect(await republish()).toMatchObject({ code: 64 });
    expect(await republish('--since', 'x')).toMatchObject({ code: 64 });
    const end = (await readLog(fixture.database.url)).length;
    expect(await republish('--since', String(end + 1))).toEqual({
      code: 1,
      said: `The log ends with event ${end}: --since must be at most ${end}\n`,
    });
    const { NATS_URL: _, ...withoutBroker } = environment;
    expect(await host.run(withoutBroker, 'events:republish', '--since', '0')).toMatchObject({
      code: 78,
      complained: 'Bad settings: NATS_URL is empty: there is no broker\n',
    });
    const plain = await NatsServer.start({ jetstream: false });
    environment.NATS_URL = plain.url;
    const refused = await republish('--since', '0');
    await plain.stop();
    expect(refused).toEqual({
      code: 1,
      said: 'The broker has no JetStream: there is no stream to restore\n',
    });
  });

  it('use the log_id of events:new-log, also in a running service', async () => {
    const { log_id: before } = await status();
    const command = new CommandProcess('events:new-log', environment, []);
    expect(await command.exited).toMatchObject({ code: 0 });
    await eventually('the service follows', async () => (await status()).log_id !== before);
    await createRates('AFTER');
    await administer(async (reader) => {
      const [last] = (await reader.stored(11)).slice(10);
      expect(last?.header('ce-source')).toBe(`urn:kurs:${(await status()).log_id}`);
    });
  });

  it('get a new log_id if the database is replaced by a backup', async () => {
    await kurs.stop();
    const file = fixture.sqlitePath;
    copyFileSync(file, `${file}.backup`);
    await start();
    const { log_id: before } = await status();
    await createRates('LOST');
    await kurs.stop();
    copyFileSync(`${file}.backup`, file);
    await start();
    await eventually('a new name', async () => (await status()).log_id !== before);
    const { log_id: after } = await status();
    await createRates('FOUND');
    await administer(async (reader) => {
      const stored = await reader.stored(12);
      const told = stored
        .slice(10)
        .map(({ payload, header }) => [
          (JSON.parse(payload) as { code: string; seq: number }).code,
          header('Kurs-Seq'),
          header('ce-source'),
        ]);
      expect(told).toEqual([
        ['LOST', '11', `urn:kurs:${before}`],
        ['FOUND', '11', `urn:kurs:${after}`],
      ]);
    });
    expect((await status()).log_id).toBe(after);
  });
});
