import type { Clock } from '../common/clock.js';
import { messageOf, reasonOf } from '../common/message-of.js';
import { commandLine } from '../config/command-line.js';
import type { Settings } from '../config/settings.js';
import { type DatabaseFacts, inspectDatabase } from '../database/database-inspection.js';
import { isLoopbackAddress } from '../http/access/index.js';
import type { Status } from '../health/status.dto.js';
import { inspectBroker } from '../nats/broker-inspection.js';
import { checkBank, clockFinding } from './bank-check.js';
import type { Finding } from './finding.js';
import { addressOf, requestStatus } from './running-service.js';
import { missingEvents } from './status-text.js';

/** Yields each finding as soon as its check completes. */
export async function* doctorChecks(settings: Settings, clock: Clock): AsyncGenerator<Finding> {
  yield checkSettings(settings);
  const database = await checkDatabase(settings);
  yield database.finding;
  for (const { date, code, message } of database.facts?.missing ?? []) {
    yield {
      ...{ subject: 'sheets', state: 'bad', text: `missing for ${date}: ${message} (${code})` },
      advice: `scheduled runs retry; "${commandLine(`backfill --from ${date} --to ${date}`)}" loads it from the bank's history`,
    };
  }
  const waiting = database.facts?.waiting;
  if (waiting && waiting.count > 0) yield quarantineFinding(waiting);
  // Compared now, before the bank takes its time to answer.
  if (database.facts?.now) yield clockFinding('the database', database.facts.now, clock.now());
  yield* checkBank(settings, clock);
  yield await checkBroker(settings);
  yield* checkService(settings);
}

function quarantineFinding({ count, oldest }: DatabaseFacts['waiting']): Finding {
  const text = `${count} pending ${count === 1 ? 'item' : 'items'}, the oldest of ${oldest}`;
  const advice =
    'GET /v1/quarantine lists them; POST /v1/quarantine/{id}/accept or /reject decides';
  return { subject: 'quarantine', state: 'note', text, advice };
}

function checkSettings({ HOST, API_KEYS }: Settings): Finding {
  const subject = 'settings';
  if (API_KEYS !== '' || HOST === 'localhost' || isLoopbackAddress(HOST)) {
    return { subject, state: 'ok', text: 'all settings are valid' };
  }
  return {
    ...{
      subject,
      state: 'note',
      text: `read-only: other machines can reach ${HOST}, and API_KEYS is empty`,
    },
    advice: `"${commandLine('keys:create --name me --scope write+tasks')}" creates a key`,
  };
}

async function checkDatabase(
  settings: Settings,
): Promise<{ finding: Finding; facts?: DatabaseFacts }> {
  const subject = 'database';
  try {
    const facts = await inspectDatabase(settings);
    return { facts, finding: { subject, ...describeDatabase(facts) } };
  } catch (thrown) {
    const text = reasonOf(thrown);
    const advice = 'check DATABASE_URL, the owner of the folder and the file, and free space';
    return { finding: { subject, state: 'bad', text, advice } };
  }
}

function describeDatabase({
  place,
  isNew,
  pending,
  unknown,
}: DatabaseFacts): Omit<Finding, 'subject'> {
  if (isNew)
    return {
      state: 'note',
      text: `${place} is empty; "${commandLine('start')}" creates the tables`,
    };
  if (unknown.length > 0) {
    return {
      ...{
        state: 'bad',
        text: `${place} belongs to a newer Kurs, with migrations ${unknown.join(', ')}`,
      },
      advice: 'install that version again, or restore an older backup',
    };
  }
  if (pending.length > 0) {
    return {
      ...{
        state: 'note',
        text: `${place} belongs to an older Kurs; migrations to run: ${pending.join(', ')}`,
      },
      advice: `back it up; "${commandLine('start')}" runs them`,
    };
  }
  return { state: 'ok', text: `${place} is writable and belongs to this version` };
}

async function checkBroker(settings: Settings): Promise<Finding> {
  const subject = 'broker';
  if (settings.NATS_URL === '') {
    return {
      subject,
      state: 'ok',
      text: 'NATS_URL is not set: events go to sockets and event streams only',
    };
  }
  try {
    const { server, hasJetStream, stream } = await inspectBroker(settings);
    if (!hasJetStream) {
      return {
        ...{
          subject,
          state: 'bad',
          text: `${server} has no JetStream: a consumer misses events while disconnected`,
        },
        advice: 'start it with --jetstream, or with a jetstream section in its configuration',
      };
    }
    if (!stream) {
      return {
        subject,
        state: 'note',
        text: `${server}; "${commandLine('start')}" creates the stream ${settings.NATS_STREAM}`,
      };
    }
    const held = `the stream ${settings.NATS_STREAM} has ${stream.state.messages} events`;
    if (stream.unfit !== undefined) {
      const text = `${server}; the stream ${settings.NATS_STREAM} cannot keep the events: ${stream.unfit}`;
      const advice =
        'change the stream, or set NATS_STREAM to another one; until then events are not published';
      return { subject, state: 'bad', text, advice };
    }
    if (stream.lacking.length === 0) return { subject, state: 'ok', text: `${server}; ${held}` };
    const text = `${server}; ${held}, but lacks subjects; "${commandLine('start')}" adds them`;
    return { subject, state: 'note', text };
  } catch (thrown) {
    const advice =
      'check NATS_URL, NATS_CREDS_FILE and NATS_CA_FILE; events stay in the log until it is reachable';
    return { subject, state: 'bad', text: reasonOf(thrown), advice };
  }
}

async function* checkService(settings: Settings): AsyncGenerator<Finding> {
  const [subject, url] = ['service', addressOf(settings)];
  if (settings.PORT === 0) {
    yield {
      subject,
      state: 'note',
      text: 'not checked: PORT is 0, the service chooses a free port',
    };
    return;
  }
  try {
    yield* statusFindings(url, await requestStatus(url));
  } catch (thrown) {
    const text = messageOf(thrown);
    const advice = 'another program may use PORT, or the service hangs';
    yield text.includes('ECONNREFUSED')
      ? {
          subject,
          state: 'note',
          text: `not running on ${url}; "${commandLine('start')}" starts it`,
        }
      : { subject, state: 'bad', text, advice };
  }
}

function* statusFindings(url: string, status: Status): Generator<Finding> {
  const { version, bank, newest_effective_date, nats } = status;
  const subject = 'service';
  const text = `Kurs ${version} answers on ${url}; newest sheet ${newest_effective_date ?? 'none'} (${bank.freshness})`;
  const advice = `"${commandLine('status')}" shows how the last run ended`;
  yield bank.freshness === 'fresh'
    ? { subject, state: 'ok', text }
    : { subject, state: 'bad', text, advice };
  const missing = missingEvents(nats);
  if (missing) yield { subject: 'stream', state: 'bad', ...missing };
}
