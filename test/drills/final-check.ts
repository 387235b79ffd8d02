import { type LogLine, readLog, readRates } from '../support/log-reader.js';
import { type StoredEvent, StreamReader } from '../support/stream-reader.js';
import { Acknowledgements } from './acknowledgements.js';
import type { DrillGround } from './drill-ground.js';
import { Received } from './received.js';
import { complaintsOfReplay } from './replay.js';

/** With what every drill ends: the promises of the service, held against everything that was seen of it. */
export async function finalCheck(ground: DrillGround): Promise<void> {
  const { checks, database } = ground;
  const log = await readLog(database.url);
  const rates = await readRates(database.url);
  const told = new Acknowledgements(ground.log.operations, log);
  checks.that('acknowledged writes are in the database', told.missing(rates));
  checks.that('each acknowledged write is in the log once, no rejected one is', told.misreported());
  checks.that('rows changed by the log equal its replay', complaintsOfReplay(log, rates));
  checks.that('seq has no gaps', gaps(log));
  checks.that('the log has every currency in the order of its writes', told.misordered());
  await checkStream(ground, log);
  checkClients(ground, log);
}

function gaps(log: readonly LogLine[]): string[] {
  return log.flatMap(({ seq }, index) => (seq === index + 1 ? [] : [`${seq} is no. ${index + 1}`]));
}

async function checkStream(
  { broker, checks }: DrillGround,
  log: readonly LogLine[],
): Promise<void> {
  const reader = await StreamReader.connect(broker.url);
  const stored = await reader.stored(log.length);
  await reader.close();
  checks.that('the stream is the log, in order, once', differences(stored, log));
  checks.that('the stream has every currency in order', disorder(stored));
}

function differences(stored: readonly StoredEvent[], log: readonly LogLine[]): string[] {
  const complaints = log.flatMap(({ seq, event_id, payload }, index) => {
    const message = stored[index];
    const isSame = message?.payload === payload && message.header('Nats-Msg-Id') === event_id;
    return isSame ? [] : [`at ${seq} the stream has ${message?.payload}`];
  });
  const surplus = stored.slice(log.length).map(({ payload }) => `the stream has also ${payload}`);
  return [...complaints, ...surplus];
}

function disorder(stored: readonly StoredEvent[]): string[] {
  const newest = new Map<string, number>();
  return stored.flatMap(({ header }) => {
    const code = header('ce-subject');
    const [seq, before] = [Number(header('Kurs-Seq')), newest.get(code) ?? 0];
    newest.set(code, seq);
    return seq > before ? [] : [`${code}: ${seq} after ${before}`];
  });
}

function checkClients({ checks, clients }: DrillGround, log: readonly LogLine[]): void {
  const received = new Received(log, clients);
  checks.that(
    'each connection delivered the wanted events from its position, in order, once',
    received.ofConnections(),
  );
  checks.that('each client received its part of the log, every event once', received.ofUnion());
}
