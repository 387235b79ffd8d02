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
import {
  AckPolicy,
  jetstream,
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamError,
} from '@nats-io/jetstream';
import { connect, nanos, RequestError, TimeoutError } from '@nats-io/transport-node';

const STREAM = process.env.NATS_STREAM ?? 'RATES';
const PREFIX = process.env.NATS_SUBJECT_PREFIX ?? 'rates';
const DURABLE = process.env.DURABLE ?? 'example';
const KURS = process.env.KURS_URL ?? 'http://127.0.0.1:3000';
const BROKERS = (process.env.NATS_URL ?? 'nats://127.0.0.1:4222').split(',');
const NOTHING = { log_id: '', seq: 0, rates: {}, told: {} };
const file = process.argv[2] ?? 'rates.json';
class NotNow extends Error {}
/** What passes by itself. The third is how a consumer that is deleted ends. */
const PASSING = [NotNow, RequestError, JetStreamError, TimeoutError];
const NOT_THERE = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound];

let state = read();
// However it ends, it goes on where it was.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
const connection = await connect({ ...access(), maxReconnectAttempts: -1 });
const manager = await jetstreamManager(connection);
await patiently(listen);

/** For as long as the stream and our consumer are there: whoever deletes the stream takes both away. */
async function listen() {
  await addConsumer();
  const consumer = await jetstream(connection).consumers.get(STREAM, DURABLE);
  console.log(`Listening after event ${state.seq}`);
  for await (const message of await consumer.consume({ abort_on_missing_resource: true })) {
    const logId = message.headers?.get('ce-source').replace('urn:kurs:', '') ?? '';
    const event = message.json();
    // Another log: the database was restored from a backup, and seq counts anew.
    if (state.log_id !== logId) state = { ...NOTHING, log_id: logId };
    // Something is missing in the stream, which keeps only what its owner lets it keep.
    if (event.seq > state.seq + 1) await catchUp(event.seq - 1);
    if (event.seq === state.seq + 1) await apply(event);
    await message.ackAck();
  }
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
    const events = await patiently(() => eventsUpTo(last));
    if (!events) return readAnew(last);
    for (const event of events) await apply(event);
  }
}

async function eventsUpTo(last) {
  const query = `after=${state.seq}&limit=${Math.min(1_000, last - state.seq)}`;
  const response = await fetch(`${KURS}/v1/events?${query}&log_id=${state.log_id}`).catch(
    (failure) => {
      throw new NotNow(`${KURS} does not answer: ${failure.cause ?? failure}`);
    },
  );
  // The log has forgotten them as well, or is another one.
  if (response.status === 410) return undefined;
  if (!response.ok) refuse(response.status, await response.text());
  return (await response.json()).events;
}

/** Events that are kept nowhere have had their effect all the same: the rates tell the newest prices. */
async function readAnew(seq) {
  console.error(
    `Event ${state.seq + 1} is kept nowhere: the rates are read anew, up to event ${seq}`,
  );
  write({ ...state, seq, rates: await patiently(() => newest({}, seq)) });
}

/** The effect and the position, in one step. */
async function apply({ event, code, seq }) {
  const { [code]: rate } = await patiently(() => newest({ codes: code }, seq));
  const rates = { ...state.rates, [code]: rate };
  const told = { ...state.told, [code]: (state.told[code] ?? 0) + 1 };
  write({ ...state, seq, rates, told });
  console.log(`${seq} ${event} ${code}: ${rate ? `${rate.value} for ${rate.nominal}` : 'none'}`);
}

function write(next) {
  state = next;
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

/** By code, the prices in force on the last day that is known, the bank's or a person's, after event `seq`. */
async function newest(wanted, seq) {
  const question = JSON.stringify({ ...wanted, source: 'all' });
  const answer = await connection.request(`${PREFIX}.latest`, question, { timeout: 2_000 });
  const status = answer.headers?.get('Nats-Service-Error-Code');
  // Another instance answers than has sent the event: it may be half a second behind.
  const [log, known] = (answer.headers?.get('Kurs-Position') ?? '').split(':');
  if (known && log === state.log_id && Number(known) < seq) throw new NotNow('the answer is older');
  if (status === '404') return {};
  if (status) refuse(Number(status), answer.string());
  const prices = answer
    .json()
    .rates.map(({ code, value, nominal, effective_date, source }) => [
      code,
      { value, nominal, effective_date, source },
    ]);
  return Object.fromEntries(prices);
}

function refuse(status, text) {
  throw status === 429 || status >= 500 ? new NotNow(text) : new Error(text);
}

/** Tries again what passes by itself: there is no stream (any more), no instance of Kurs, or its database is away. */
async function patiently(work) {
  for (let said; ; await pause(1_000)) {
    try {
      return await work();
    } catch (failure) {
      const isPassing = PASSING.some((kind) => failure instanceof kind);
      if (!isPassing && !NOT_THERE.includes(failure.code)) throw failure;
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
