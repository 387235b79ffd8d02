import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';
import { Application } from '../dist/application.js';
import { settingsFrom } from '../dist/config/environment.js';
import { KursLogger } from '../dist/config/kurs.logger.js';
import { Reader } from '../dist/database/reader.js';
import { UnitOfWork } from '../dist/database/unit-of-work.js';
import { EventLogEntity } from '../dist/events/event-log.entity.js';
import { encodeRateEvent } from '../dist/events/rate-event.js';
import { RelayPublisher } from '../dist/nats/relay-publisher.js';
import { RateEditsService } from '../dist/rates/editing/rate-edits.service.js';
import { startBroker } from './support/broker.mjs';
import { ratio, row } from './support/measure.mjs';
import { inTime, PATIENCE_MS } from './support/processes.mjs';

const SIZES = {
  full: { backlog: 100_000, rounds: 5, count: 200 },
  quick: { backlog: 20_000, rounds: 3, count: 50 },
};
const IN_FLIGHT = 256;
const LOOK_MS = 25;

/** A backlog of 100,000 events, beside bare pipelined publishes of the same messages; then single commits. */
export async function relay({ quick = false } = {}) {
  const { backlog, rounds, count } = quick ? SIZES.quick : SIZES.full;
  const ours = [];
  const bare = [];
  const growth = [];
  for (let round = 0; round < rounds; round++) {
    const url = `sqlite:${join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db')}`;
    await fill(url, backlog);
    const drained = await drain(url, backlog);
    ours.push(drained.perSecond / 1_000);
    growth.push(drained.growthMb);
    bare.push((await publishBare(drained.message, backlog)) / 1_000);
  }
  return [
    row('relay', 'k/s', ours),
    row(`bare publishes, ${IN_FLIGHT} in flight, same headers`, 'k/s', bare),
    ratio('relay, beside bare publishes', ours, bare, { atLeast: 0.8 }),
    row('more heap in the last fifth of the backlog than in the first', 'MB', growth),
    row('commit to acknowledgement', 'ms', await commits(count), { atMost: 20 }),
  ];
}

const start = async (environment) => {
  const settings = settingsFrom({
    ...{ PORT: '0', LOG_LEVEL: 'fatal', BACKFILL_DAYS: '0', CBR_BASE_URL: 'http://127.0.0.1:9' },
    ...environment,
  });
  const application = await Application.start(settings, new KursLogger(settings));
  await application.load();
  return application;
};

async function fill(url, backlog) {
  const application = await start({ DATABASE_URL: url });
  const recorded_at = new Date();
  for (let first = 1; first <= backlog; first += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => eventAt(first + index, recorded_at));
    await application.get(UnitOfWork).run((unit) => unit.insert(EventLogEntity, rows));
  }
  await application.stop();
}

function eventAt(seq, recorded_at) {
  const event_id = randomUUID();
  const change = {
    ...{ event: 'rate_updated', id: seq, code: 'USD', name: 'Доллар США', value: '78.5850' },
    ...{ created_at: recorded_at, nominal: 1, effective_date: '2025-12-24', source: 'cbr' },
    ...{ previous_value: '80.7220', previous_nominal: 1 },
  };
  const payload = encodeRateEvent(change, seq, event_id);
  return { seq, event_id, event: change.event, code: 'USD', rate_id: seq, payload, recorded_at };
}

async function drain(url, backlog) {
  const broker = await startBroker();
  const application = await start({ DATABASE_URL: url, NATS_URL: broker.url });
  const reader = application.get(Reader);
  const { memory, perSecond } = await watch(reader, backlog);
  // The lowest of many figures is what was left when garbage had just been collected.
  const leastIn = (from, to) =>
    Math.min(
      ...memory.flatMap(({ sent, megabytes }) => (sent >= from && sent <= to ? [megabytes] : [])),
    );
  const growthMb = leastIn(0.8 * backlog, backlog) - leastIn(1, 0.2 * backlog);
  const message = await stored(broker.address, backlog);
  await application.stop();
  broker.stop();
  return { perSecond, growthMb, message };
}

/** Looks at the cursor and the heap until all is sent. */
async function watch(reader, backlog) {
  const memory = [];
  let begun;
  let moved = { at: performance.now(), sent: 0 };
  for (;;) {
    const { relayed_seq: sent } = await reader.store();
    const at = performance.now();
    if (sent > moved.sent) moved = { at, sent };
    else if (at - moved.at > PATIENCE_MS) throw new Error(`The relay stands still at ${sent}`);
    if (sent > 0) begun ??= { at, sent };
    memory.push({ sent, megabytes: getHeapStatistics().used_heap_size / 2 ** 20 });
    if (sent === backlog) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const perSecond = ((backlog - begun.sent) * 1_000) / (performance.now() - begun.at);
  return { memory, perSecond };
}

/** One stored message, as a pattern for the bare ones. */
async function stored(address, backlog) {
  const connection = await connect({ servers: address });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info('RATES');
  if (state.messages !== backlog) throw new Error(`The stream has ${state.messages} messages`);
  const message = await streams.getMessage('RATES', { seq: state.last_seq });
  await connection.close();
  return message;
}

/** As fast as the client gets them acknowledged, each with the sequence that it must follow. */
async function publishBare(message, backlog) {
  const { subject, header } = message;
  const payload = message.string();
  const broker = await startBroker();
  const connection = await connect({ servers: broker.address, noAsyncTraces: true });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'RATES', subjects: ['rates.events.>'], storage: 'file' });
  const client = jetstream(connection);
  const begun = performance.now();
  let lastSequence = 0;
  let lastMsgID;
  const publishNext = async () => {
    while (lastSequence < backlog) {
      const fields = headers();
      for (const key of header.keys())
        if (!key.startsWith('Nats-')) fields.set(key, header.get(key));
      const expect = { lastSequence: lastSequence++, ...(lastMsgID && { lastMsgID }) };
      lastMsgID = randomUUID();
      await client.publish(subject, payload, { msgID: lastMsgID, headers: fields, expect });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, publishNext));
  const perSecond = (backlog * 1_000) / (performance.now() - begun);
  await connection.close();
  broker.stop();
  return perSecond;
}

async function commits(count) {
  const broker = await startBroker();
  const url = `sqlite:${join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'kurs.db')}`;
  const application = await start({ DATABASE_URL: url, NATS_URL: broker.url });
  const publisher = application.get(RelayPublisher);
  const publish = publisher.publish.bind(publisher);
  let acknowledged = () => undefined;
  publisher.publish = async (batch) => {
    await publish(batch);
    acknowledged();
  };
  let committedAt = 0;
  application.get(UnitOfWork).onCommit(() => (committedAt ||= performance.now()));
  const figures = [];
  for (let round = 0; round < count; round++) {
    const told = new Promise((resolve) => (acknowledged = resolve));
    committedAt = 0;
    const rate = { code: 'ABC', name: `round ${round}`, value: '1.5' };
    await application.get(RateEditsService).create(rate, null);
    await inTime(told, `the acknowledgement of commit ${round + 1}`);
    figures.push(performance.now() - committedAt);
    // The cursor's own commit, which is not the one that is measured.
    await application.get(UnitOfWork).settled();
  }
  await application.stop();
  broker.stop();
  return figures;
}
