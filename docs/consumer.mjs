/**
 * A consumer that misses nothing and counts nothing twice: it keeps the newest price of every currency,
 * and how often it was told of each, in a file. Start it, kill it, start it again: it goes on where it was.
 *
 *   NATS_URL=nats://127.0.0.1:4222 KURS_URL=http://127.0.0.1:3000 node docs/consumer.mjs rates.json
 *
 * Three things make it so. The durable consumer keeps our place in the stream. An event is acknowledged
 * only after its effect is on the disk. Effect and position are written together, so an event that comes
 * again after a crash is known by its seq.
 *
 * What an event says is not the newest price where somebody edits an old day or deletes a rate, and a new
 * day at the same price is no event at all: so an event is taken as the reason to ask.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { AckPolicy, jetstream, jetstreamManager, JetStreamApiCodes } from '@nats-io/jetstream';
import { connect, nanos, RequestError, TimeoutError } from '@nats-io/transport-node';

const STREAM = process.env.NATS_STREAM ?? 'RATES';
const PREFIX = process.env.NATS_SUBJECT_PREFIX ?? 'rates';
const DURABLE = process.env.DURABLE ?? 'example';
const KURS = process.env.KURS_URL ?? 'http://127.0.0.1:3000';
const BROKERS = (process.env.NATS_URL ?? 'nats://127.0.0.1:4222').split(',');
const NOTHING = { log_id: '', seq: 0, rates: {}, told: {} };
const file = process.argv[2] ?? 'rates.json';
class NotNow extends Error {}

let state = read();
// However it ends, it goes on where it was.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
const connection = await connect({ ...access(), maxReconnectAttempts: -1 });
const manager = await jetstreamManager(connection);
await patiently(addConsumer);
const consumer = await jetstream(connection).consumers.get(STREAM, DURABLE);
console.log(`Listening after event ${state.seq}`);

for await (const message of await consumer.consume()) {
  const logId = message.headers?.get('ce-source').replace('urn:kurs:', '') ?? '';
  const event = message.json();
  // Another log: the database was restored from a backup, and seq counts anew.
  if (state.log_id !== logId) state = { ...NOTHING, log_id: logId };
  // Something is missing in the stream, which keeps only what its owner lets it keep.
  if (event.seq > state.seq + 1) await catchUp(event.seq - 1);
  if (event.seq === state.seq + 1) await apply(event);
  await message.ackAck();
}

function addConsumer() {
  return manager.consumers.add(STREAM, {
    durable_name: DURABLE,
    ack_policy: AckPolicy.Explicit,
    // One at a time: a message that must be sent again is not overtaken by the next one.
    max_ack_pending: 1,
    // What was not acknowledged comes again after this time: more than one event takes while Kurs answers.
    ack_wait: nanos(2_000),
  });
}

/** Fetches what the stream lacks from the event log itself. */
async function catchUp(last) {
  while (state.seq < last) {
    for (const event of await patiently(() => eventsUpTo(last))) await apply(event);
  }
}

async function eventsUpTo(last) {
  const query = `after=${state.seq}&limit=${Math.min(1_000, last - state.seq)}`;
  const response = await fetch(`${KURS}/v1/events?${query}&log_id=${state.log_id}`).catch(
    (failure) => {
      throw new NotNow(`${KURS} does not answer: ${failure.cause ?? failure}`);
    },
  );
  if (!response.ok) refuse(response.status, `Events are lost: ${await response.text()}`);
  return (await response.json()).events;
}

/** The effect and the position, in one step. */
async function apply({ event, code, seq }) {
  const rate = await patiently(() => newestOf(code));
  const rates = { ...state.rates, [code]: rate };
  const told = { ...state.told, [code]: (state.told[code] ?? 0) + 1 };
  state = { ...state, seq, rates, told };
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
  console.log(`${seq} ${event} ${code}: ${rate ? `${rate.value} for ${rate.nominal}` : 'none'}`);
}

/** The price in force on the last day that is known, the bank's or a person's; undefined where none is. */
async function newestOf(code) {
  const question = JSON.stringify({ codes: code, source: 'all' });
  const answer = await connection.request(`${PREFIX}.latest`, question, { timeout: 2_000 });
  const status = answer.headers?.get('Nats-Service-Error-Code');
  if (status === '404') return undefined;
  if (status) refuse(Number(status), answer.string());
  const [{ value, nominal, effective_date, source }] = answer.json().rates;
  return { value, nominal, effective_date, source };
}

function refuse(status, text) {
  throw status === 429 || status >= 500 ? new NotNow(text) : new Error(text);
}

/** Tries again what passes by itself: there is no stream yet, no instance of Kurs, or its database is away. */
async function patiently(work) {
  for (let said; ; await pause(1_000)) {
    try {
      return await work();
    } catch (failure) {
      const isNoStream = failure.code === JetStreamApiCodes.StreamNotFound;
      const isPassing = [NotNow, RequestError, TimeoutError].some(
        (kind) => failure instanceof kind,
      );
      if (!isNoStream && !isPassing) throw failure;
      if (failure.message !== said) console.error(`Waiting: ${failure.message}`);
      said = failure.message;
    }
  }
}

/** NATS_URL as Kurs itself takes it: with `user:password@` or `token@` in the first address. */
function access() {
  const addresses = BROKERS.map((text) => new URL(text));
  const [name, password] = [addresses[0].username, addresses[0].password].map(decodeURIComponent);
  const proof = password === '' ? { token: name } : { user: name, pass: password };
  return {
    servers: addresses.map(({ host }) => host),
    ...(name !== '' && proof),
    ...(addresses.some(({ protocol }) => protocol === 'tls:') && { tls: {} }),
  };
}

function read() {
  try {
    return { ...NOTHING, ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch (failure) {
    if (failure.code !== 'ENOENT') throw failure;
    return NOTHING;
  }
}
