import type { Clock } from '../common/clock.js';
import { messageOf, reasonOf } from '../common/message-of.js';
import type { Settings } from '../config/settings.js';
import { type DatabaseFacts, examineDatabase } from '../database/database-examination.js';
import { isLoopbackAddress } from '../http/loopback.js';
import type { Status } from '../health/status.dto.js';
import { examineBroker } from '../nats/broker-examination.js';
import { bankFindings, clockFinding } from './bank-examination.js';
import type { Finding } from './finding.js';
import { addressOf, askForStatus } from './running-service.js';
import { lackStory } from './status-story.js';

/** One thing after the other, each told when it is known. */
export async function* examinations(settings: Settings, clock: Clock): AsyncGenerator<Finding> {
  yield settingsFinding(settings);
  const database = await databaseFinding(settings);
  yield database.finding;
  for (const { date, code, message } of database.facts?.missing ?? []) {
    yield {
      ...{ subject: 'sheets', state: 'bad', text: `none of ${date}: ${message} (${code})` },
      advice: `scheduled runs ask again; "kurs backfill --from ${date} --to ${date}" loads it from the bank's history`,
    };
  }
  const waiting = database.facts?.waiting;
  if (waiting && waiting.count > 0) yield waitingFinding(waiting);
  // At once: the bank may take its time.
  if (database.facts?.now) yield clockFinding('the database', database.facts.now, clock.now());
  yield* bankFindings(settings, clock);
  yield await brokerFinding(settings);
  yield* serviceFindings(settings);
}

function waitingFinding({ count, oldest }: DatabaseFacts['waiting']): Finding {
  const text = `${count === 1 ? '1 item waits' : `${count} items wait`} for a decision, the oldest of ${oldest}`;
  const advice =
    'GET /v1/quarantine lists them; POST /v1/quarantine/{id}/accept or /reject decides';
  return { subject: 'quarantine', state: 'note', text, advice };
}

function settingsFinding({ HOST, API_KEYS }: Settings): Finding {
  const subject = 'settings';
  if (API_KEYS !== '' || HOST === 'localhost' || isLoopbackAddress(HOST)) {
    return { subject, state: 'ok', text: 'every setting can be used' };
  }
  return {
    ...{
      subject,
      state: 'note',
      text: `read-only: others can reach ${HOST}, and no API_KEYS are set`,
    },
    advice: '"kurs keys:create --name me --scope write+tasks" makes a key',
  };
}

async function databaseFinding(
  settings: Settings,
): Promise<{ finding: Finding; facts?: DatabaseFacts }> {
  const subject = 'database';
  try {
    const facts = await examineDatabase(settings);
    return { facts, finding: { subject, ...databaseStory(facts) } };
  } catch (thrown) {
    const text = reasonOf(thrown);
    const advice = 'look at DATABASE_URL, at who owns the folder and the file, and at free space';
    return { finding: { subject, state: 'bad', text, advice } };
  }
}

function databaseStory({
  place,
  isNew,
  pending,
  unknown,
}: DatabaseFacts): Omit<Finding, 'subject'> {
  if (isNew) return { state: 'note', text: `${place} is empty; "kurs start" makes what it needs` };
  if (unknown.length > 0) {
    return {
      ...{ state: 'bad', text: `${place} is of a newer Kurs, which ran ${unknown.join(', ')}` },
      advice: 'install that version again, or restore a backup made before',
    };
  }
  if (pending.length > 0) {
    return {
      ...{ state: 'note', text: `${place} is of an older Kurs; to be run: ${pending.join(', ')}` },
      advice: 'make a backup; "kurs start" runs them',
    };
  }
  return { state: 'ok', text: `${place} can be written, and is of this version` };
}

async function brokerFinding(settings: Settings): Promise<Finding> {
  const subject = 'broker';
  if (settings.NATS_URL === '') {
    return {
      subject,
      state: 'ok',
      text: 'none is set (NATS_URL): events go to sockets and streams alone',
    };
  }
  try {
    const { server, hasJetStream, stream } = await examineBroker(settings);
    if (!hasJetStream) {
      return {
        ...{
          subject,
          state: 'bad',
          text: `${server} has no JetStream: whoever is away misses events`,
        },
        advice: 'start it with --jetstream, or with a jetstream section in its configuration',
      };
    }
    if (!stream) {
      return {
        subject,
        state: 'note',
        text: `${server}; "kurs start" makes the stream ${settings.NATS_STREAM}`,
      };
    }
    const held = `the stream ${settings.NATS_STREAM} holds ${stream.messages} events`;
    if (stream.unfit !== undefined) {
      const text = `${server}; the stream ${settings.NATS_STREAM} cannot keep the events: ${stream.unfit}`;
      const advice =
        'change the stream, or name another one by NATS_STREAM; until then events wait';
      return { subject, state: 'bad', text, advice };
    }
    if (stream.isComplete) return { subject, state: 'ok', text: `${server}; ${held}` };
    const text = `${server}; ${held}, but does not take our subjects yet; "kurs start" adds them`;
    return { subject, state: 'note', text };
  } catch (thrown) {
    const advice =
      'look at NATS_URL, NATS_CREDS_FILE and NATS_CA_FILE; until it is there, events wait in the log';
    return { subject, state: 'bad', text: reasonOf(thrown), advice };
  }
}

async function* serviceFindings(settings: Settings): AsyncGenerator<Finding> {
  const [subject, url] = ['service', addressOf(settings)];
  if (settings.PORT === 0) {
    yield { subject, state: 'note', text: 'PORT is 0: it takes a free one' };
    return;
  }
  try {
    yield* statusFindings(url, await askForStatus(url));
  } catch (thrown) {
    const text = messageOf(thrown);
    const advice = 'is something else on PORT, or does the service hang?';
    yield text.includes('ECONNREFUSED')
      ? { subject, state: 'note', text: `nothing answers on ${url}; "kurs start" starts it` }
      : { subject, state: 'bad', text, advice };
  }
}

function* statusFindings(url: string, status: Status): Generator<Finding> {
  const { version, bank, newest_effective_date, nats } = status;
  const subject = 'service';
  const text = `Kurs ${version} answers on ${url}; newest sheet ${newest_effective_date ?? 'none'} (${bank.freshness})`;
  const advice = '"kurs status" tells how the last run ended';
  yield bank.freshness === 'fresh'
    ? { subject, state: 'ok', text }
    : { subject, state: 'bad', text, advice };
  const story = lackStory(nats);
  if (story) yield { subject: 'stream', state: 'bad', text: story.lack, advice: story.remedy };
}
