import { randomUUID } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import { jetstream, jetstreamManager, type StoredMsg } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';
import { toCalendarDate } from '#built/common/calendar-date.js';
import { Reader } from '#built/database/reader.js';
import { UnitOfWork } from '#built/database/unit-of-work.js';
import { EventLogEntity } from '#built/events/event-log.entity.js';
import { encodeRateEvent, type RateChange } from '#built/events/rate-event.js';
import { RelayPublisher } from '#built/nats/relay-publisher.js';
import { RateEditsService } from '#built/rates/editing/rate-edits.service.js';
import { startBroker } from './support/broker.js';
import { startInProcess } from './support/in-process.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { inTime, PATIENCE_MS } from './support/processes.js';
import { newDatabase } from './support/stored-rates.js';

const SIZES = {
  full: { backlog: 100_000, rounds: 5, count: 200 },
  quick: { backlog: 20_000, rounds: 3, count: 50 },
};
const IN_FLIGHT = 256;
const POLL_MS = 25;

/** A backlog of 100,000 events, beside bare pipelined publishes of the same messages; then single commits. */
export const relay: Benchmark = async ({ quick }) => {
  const { backlog, rounds, count } = quick ? SIZES.quick : SIZES.full;
  const ours: number[] = [];
  const bare: number[] = [];
  const growth: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const url = `sqlite:${newDatabase()}`;
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
};

async function fill(url: string, backlog: number): Promise<void> {
  const application = await startInProcess({ DATABASE_URL: url });
  const recorded_at = new Date();
  for (let first = 1; first <= backlog; first += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => eventAt(first + index, recorded_at));
    await application.get(UnitOfWork).run((unit) => unit.insert(EventLogEntity, rows));
  }
  await application.stop();
}

function eventAt(seq: number, recorded_at: Date): EventLogEntity {
  const event_id = randomUUID();
  const change: RateChange = {
    event: 'rate_updated',
    id: seq,
    code: 'USD',
    name: 'Доллар США',
    value: '78.5850',
    created_at: recorded_at,
    nominal: 1,
    effective_date: toCalendarDate('2025-12-24'),
    previous_value: '80.7220',
    previous_nominal: 1,
    source: 'cbr',
  };
  const payload = encodeRateEvent(change, seq, event_id);
  return { seq, event_id, event: change.event, code: 'USD', rate_id: seq, payload, recorded_at };
}

async function drain(url: string, backlog: number) {
  const broker = await startBroker();
  const application = await startInProcess({ DATABASE_URL: url, NATS_URL: broker.url });
  const reader = application.get(Reader);
  const { memory, perSecond } = await watch(reader, backlog);
  // The lowest of many figures is what a garbage collection left.
  const leastIn = (from: number, to: number) =>
    Math.min(
      ...memory.flatMap(({ sent, megabytes }) => (sent >= from && sent <= to ? [megabytes] : [])),
    );
  const growthMb = leastIn(0.8 * backlog, backlog) - leastIn(1, 0.2 * backlog);
  const message = await stored(broker.address, backlog);
  await application.stop();
  broker.stop();
  return { perSecond, growthMb, message };
}

/** Polls the cursor and the heap until everything is sent. */
async function watch(reader: Reader, backlog: number) {
  const memory: { sent: number; megabytes: number }[] = [];
  let begun: { at: number; sent: number } | undefined;
  let moved = { at: performance.now(), sent: 0 };
  for (;;) {
    const { relayed_seq: sent } = await reader.store();
    const at = performance.now();
    if (sent > moved.sent) moved = { at, sent };
    else if (at - moved.at > PATIENCE_MS) throw new Error(`The relay stands still at ${sent}`);
    if (sent > 0) begun ??= { at, sent };
    memory.push({ sent, megabytes: getHeapStatistics().used_heap_size / 2 ** 20 });
    if (begun && sent === backlog) {
      const perSecond = ((backlog - begun.sent) * 1_000) / (performance.now() - begun.at);
      return { memory, perSecond };
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** One stored message, as a pattern for the bare ones. */
async function stored(address: string, backlog: number): Promise<StoredMsg> {
  const connection = await connect({ servers: address });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info('RATES');
  if (state.messages !== backlog) throw new Error(`The stream has ${state.messages} messages`);
  const message = await streams.getMessage('RATES', { seq: state.last_seq });
  await connection.close();
  if (!message) throw new Error('The last message is gone');
  return message;
}

/** As fast as the client gets them acknowledged, each with the sequence that it must follow. */
async function publishBare(message: StoredMsg, backlog: number): Promise<number> {
  const { subject, header } = message;
  const payload = message.string();
  const broker = await startBroker();
  const connection = await connect({ servers: broker.address, noAsyncTraces: true });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'RATES', subjects: ['rates.events.>'], storage: 'file' });
  const client = jetstream(connection);
  const begun = performance.now();
  let lastSequence = 0;
  let lastMsgID: string | undefined;
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

async function commits(count: number): Promise<number[]> {
  const broker = await startBroker();
  const url = `sqlite:${newDatabase()}`;
  const application = await startInProcess({ DATABASE_URL: url, NATS_URL: broker.url });
  const publisher = application.get(RelayPublisher);
  const publish = publisher.publish.bind(publisher);
  let acknowledged: () => void = () => undefined;
  publisher.publish = async (batch) => {
    await publish(batch);
    acknowledged();
  };
  let committedAt = 0;
  application.get(UnitOfWork).onCommit(() => {
    committedAt ||= performance.now();
  });
  const figures: number[] = [];
  for (let round = 0; round < count; round++) {
    const told = new Promise<void>((resolve) => (acknowledged = resolve));
    committedAt = 0;
    const rate = { code: 'ABC', name: `round ${round}`, value: '1.5' };
    await application.get(RateEditsService).create(rate, null);
    await inTime(told, `the acknowledgement of commit ${round + 1}`);
    figures.push(performance.now() - committedAt);
    // The commit of the cursor is not measured.
    await application.get(UnitOfWork).settled();
  }
  await application.stop();
  broker.stop();
  return figures;
}
