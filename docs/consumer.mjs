/**
 * A consumer that misses nothing and counts nothing twice: it keeps the newest price of every currency
 * in a file. Start it, kill it, start it again: it goes on where it was.
 *
 *   NATS_URL=nats://127.0.0.1:4222 KURS_URL=http://127.0.0.1:3000 node docs/consumer.mjs rates.json
 *
 * Three things make it so. The durable consumer keeps our place in the stream. An event is acknowledged
 * only after its effect is on the disk. Effect and position are written together, so an event that comes
 * again after a crash is known by its seq.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';

const STREAM = process.env.NATS_STREAM ?? 'RATES';
const DURABLE = process.env.DURABLE ?? 'example';
const KURS = process.env.KURS_URL ?? 'http://127.0.0.1:3000';
const file = process.argv[2] ?? 'rates.json';

let state = read();
const connection = await connect({
  servers: process.env.NATS_URL ?? 'nats://127.0.0.1:4222',
  maxReconnectAttempts: -1,
});
const manager = await jetstreamManager(connection);
await manager.consumers.add(STREAM, {
  durable_name: DURABLE,
  ack_policy: AckPolicy.Explicit,
  // One at a time: a message that must be sent again is not overtaken by the next one.
  max_ack_pending: 1,
  // What was not acknowledged comes again after this time: more than one event ever takes.
  ack_wait: nanos(2_000),
});
const consumer = await jetstream(connection).consumers.get(STREAM, DURABLE);
const messages = await consumer.consume();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void messages.close());
console.log(`Listening after event ${state.seq}`);

for await (const message of messages) {
  const logId = message.headers?.get('ce-source').replace('urn:kurs:', '') ?? '';
  const event = message.json();
  // Another log: the database was restored from a backup, and seq counts anew.
  if (state.log_id !== logId) state = { log_id: logId, seq: 0, rates: {} };
  // Something is missing in the stream, which keeps only what its owner lets it keep.
  if (event.seq > state.seq + 1) await catchUp(event.seq - 1);
  if (event.seq === state.seq + 1) apply(event);
  await message.ackAck();
}
await connection.close();

/** Fetches what the stream lacks from the event log itself. */
async function catchUp(last) {
  while (state.seq < last) {
    const query = `after=${state.seq}&limit=${Math.min(1_000, last - state.seq)}`;
    const response = await fetch(`${KURS}/v1/events?${query}&log_id=${state.log_id}`);
    if (!response.ok) throw new Error(`Events are lost: ${await response.text()}`);
    for (const event of (await response.json()).events) apply(event);
  }
}

/** The effect and the position, in one step. */
function apply({ event, code, value, nominal, effective_date, seq }) {
  const rates = { ...state.rates };
  if (event === 'rate_deleted') delete rates[code];
  else rates[code] = { value, nominal, effective_date };
  state = { ...state, seq, rates };
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
  console.log(`${seq} ${event} ${code} ${value} for ${nominal}`);
}

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    if (failure.code !== 'ENOENT') throw failure;
    return { log_id: '', seq: 0, rates: {} };
  }
}
