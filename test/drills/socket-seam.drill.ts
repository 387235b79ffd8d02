import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { type LogLine, readLog } from '../support/log-reader.js';
import { Random } from '../support/random.js';
import { SocketClient } from '../support/socket-client.js';
import { StreamClient } from '../support/stream-client.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import type { Instance } from './instance.js';
import { seqOf } from './live-client.js';
import { complaintsOf } from './received.js';
import { sheetOf } from './two-instances.js';

const WRITERS = 6;
const CODES = ['W1', 'W2', 'W3'];
const AT_ONCE = 20;
const LONGEST_STAY_MS = 150;
/** Who is more than 10,000 behind is not resumed, and the storm goes on while he comes. */
const FURTHEST_BEHIND = 9_000;

/** Somebody who came in the middle of a storm of commits, and left again. */
interface Visit {
  since: number;
  codes: readonly string[] | undefined;
  frames: readonly string[];
  snapshot: Snapshot | undefined;
}

interface Snapshot {
  seq: number;
  rates: { id: number }[];
}

/** Each round is twenty clients that come at once. */
export const socketSeam: Drill = {
  name: 'socket-seam',
  about: 'clients connect with since and snapshot under many commits, at instances that lag',
  engines: ['SQLite', 'PostgreSQL'],
  short: { rounds: 6, seconds: 0 },
  long: { rounds: 250, seconds: 0 },

  async run(ground, { rounds }) {
    const random = new Random(rounds);
    const writer = await ground.start();
    // Without a broker the other hears of commits by its poll alone: most clients there are ahead of it.
    const listener = isPostgres(ground) ? await ground.start() : writer;
    ground.write(WRITERS, [writer]);
    const visits: Visit[] = [];
    for (let round = 1; round <= rounds; round++) {
      ground.bank.publish(sheetOf(round));
      const run = getJson(`${writer.url}/tasks/run`, { method: 'POST' });
      const { log_id: logId, seq } = await ground.statusOf(writer);
      const visitors = Array.from({ length: AT_ONCE }, () =>
        visit({ listener, random, logId, seq }),
      );
      visits.push(...(await Promise.all(visitors)));
      await run;
      if (round % 20 === 0) ground.say(`${round * AT_ONCE} clients came and left`);
    }
    await ground.stopWriting();
    await ground.broker.up();
    const log = await readLog(ground.database.url);
    ground.checks.that(
      'what each got is what it wants of the log, from where it began',
      visits.flatMap((each) => complaintsOfVisit(each, log)),
    );
    ground.checks.that(
      'snapshots are not older than they say',
      visits.flatMap(({ snapshot }) => (snapshot ? staleRates(snapshot, log) : [])),
    );
    const events = visits.reduce((sum, { frames }) => sum + frames.length, 0);
    ground.checks.holds('they got something', events > visits.length, events);
  },
};

interface Storm {
  listener: Instance;
  random: Random;
  logId: string;
  /** The newest event that is known to be committed. */
  seq: number;
}

/** Comes with some wish, and leaves some time after it has an event that was not there when it came. */
async function visit({ listener, random, logId, seq }: Storm): Promise<Visit> {
  const since = random.of([seq, random.whole(Math.max(0, seq - FURTHEST_BEHIND), seq)]);
  const codes = random.of([undefined, CODES, CODES.slice(0, 1)]);
  const begin = random.of(['since', 'bare', 'snapshot']);
  const place = {
    since: `since=${logId}:${since}`,
    bare: `since=${since}`,
    snapshot: 'snapshot=1',
  };
  const query = `?${place[begin]}${codes ? `&codes=${codes.join(',')}` : ''}`;
  const connect = random.of([SocketClient, SocketClient, StreamClient]);
  const stayMs = random.whole(0, LONGEST_STAY_MS);
  const client = await connect.connect(listener.url, {}, query);
  const isNew = (frame: string | undefined) =>
    frame?.startsWith('{"event":"rate_') && seqOf(frame) > seq;
  await eventually('something new', () => isNew(client.messages.at(-1)) === true);
  await pause(stayMs);
  await client.close();
  if (begin !== 'snapshot') return { since, codes, frames: client.messages, snapshot: undefined };
  const snapshot = JSON.parse(client.messages[0] ?? '') as Snapshot;
  return { since: snapshot.seq, codes, frames: client.messages.slice(1), snapshot };
}

function complaintsOfVisit({ since, codes, frames }: Visit, log: readonly LogLine[]): string[] {
  const wanted = log.filter(({ code }) => codes?.includes(code) ?? true);
  return complaintsOf({ since, frames, isStanding: false }, wanted);
}

/** Every rate in it is as the log has it at its `seq`, or later. */
function staleRates({ seq, rates }: Snapshot, log: readonly LogLine[]): string[] {
  return rates.flatMap((rate) => {
    const ofRate = log.filter(({ rate_id }) => rate_id === rate.id);
    const before = ofRate.findLast((line) => line.seq <= seq);
    const possible = [before, ...ofRate.filter((line) => line.seq > seq)];
    const isOne = possible.some((line) => line && isSameRate(rate, line.payload));
    return isOne ? [] : [`at ${seq}: ${JSON.stringify(rate)}`];
  });
}

function isSameRate(rate: object, payload: string): boolean {
  const event = JSON.parse(payload) as Record<string, unknown>;
  return Object.entries(rate).every(([name, value]) => event[name] === value);
}

function isPostgres({ database }: DrillGround): boolean {
  return !database.url.startsWith('sqlite:');
}
