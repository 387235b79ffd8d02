import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { readLog } from '../support/log-reader.js';
import { withBody } from '../support/json.js';
import { PostgresServer } from '../support/postgres-server.js';
import type { Checks } from './checks.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import { memoryRoutes } from './memory-routes.js';
import { instant, type Operation } from './operation-log.js';
import { ReadLoad, type RecordedRead } from './read-load.js';
import { complaintsOfSightings } from './sighting-check.js';

const WRITERS = 20;
const CLIENTS = 2;
const READS = { connections: 10, perSecond: 200 };
const BACK_WITHIN_MS = 30_000;
/** A busy service may handle the last answer of the database so long after the crash. */
const LATE_MS = 500;
/** From then on the database must be missed. */
const MISSED_AFTER_MS = 2_000 + LATE_MS;
const LOOKED_EVERY_MS = 500;

/** Commits take 20 ms: the crash comes in the middle of one, which is lost or kept unacknowledged. */
const SLOW_COMMITS = ['commit_delay=20000', 'commit_siblings=0'];

/** A time in which the database was away for certain. */
interface Absence {
  from: number;
  to: number;
  /** `from` by the clock that `Kurs-Data-As-Of` is told by. */
  goneAt: number;
}

export const readsWithoutDatabase: Drill = {
  name: 'reads-without-database',
  about: 'PostgreSQL is down under reads and writes: every read is answered correctly',
  engines: ['PostgreSQL'],
  short: { rounds: 1, seconds: 4 },
  long: { rounds: 1, seconds: 60 },
  database: () => PostgresServer.start(...SLOW_COMMITS),

  async run(ground, { rounds, seconds }) {
    const server = ground.database;
    if (!(server instanceof PostgresServer)) throw new Error('The drill needs its own PostgreSQL');
    await ground.broker.up();
    const { url } = await ground.start();
    await ground.listen(CLIENTS);
    // The writers are called W1, W2 …; none of their codes is ever without a rate.
    const codes = Array.from({ length: WRITERS }, (_, index) => `W${index + 1}`);
    await ground.log.step('first rates', () => createFirstRates(url, codes));
    ground.write(WRITERS);
    const load = new ReadLoad(url, await memoryRoutes(url, codes), READS);
    ground.atTheEnd(() => load.stop());
    // Read your writes: a code is read as soon as a write to it is acknowledged.
    ground.log.onAcknowledged = ({ code }) => load.readNow(`/v1/rates/${code}?source=manual`);
    const absences: Absence[] = [];
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(WRITERS);
      await ground.log.step('crash', () => server.crash());
      const [from, goneAt] = [instant(), Date.now()];
      const complaints = await watchHealth(url, seconds);
      absences.push({ from, to: instant(), goneAt });
      ground.checks.that(
        `the instance stays ready, and says it is degraded (${round})`,
        complaints,
      );
      await ground.log.step('start again', () => server.startAgain());
      await ground.acknowledged(WRITERS, BACK_WITHIN_MS);
      const backAt = instant();
      await eventually('reads are marked no longer', () => isMarkedNoLonger(load.reads, backAt));
      ground.say(`away ${round} of ${rounds}: ${load.reads.length} reads so far`);
    }
    await load.stop();
    await ground.stopWriting();
    await check(ground, load.reads, absences);
  },
};

async function createFirstRates(url: string, codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const rate = { code, name: 'Drill', value: '0.25' };
    const { status } = await fetch(`${url}/rates/create`, withBody('POST', rate));
    if (status >= 300) throw new Error(`The first rate of ${code} is answered ${status}`);
  }
}

/** What is wrong with the probes while the database is away. */
async function watchHealth(url: string, seconds: number): Promise<string[]> {
  const complaints: string[] = [];
  const began = instant();
  while (instant() - began < seconds * 1_000) {
    const isMissed = instant() - began > MISSED_AFTER_MS;
    const ready = await fetch(`${url}/health/ready`);
    if (ready.status !== 200) complaints.push(`/health/ready is ${ready.status}`);
    const health = await fetch(`${url}/health`);
    const text = await health.text();
    const isDegraded = health.status === 200 && text.startsWith('{"status":"degraded"');
    if (isMissed && !isDegraded) complaints.push(`/health is ${health.status} ${text}`);
    await pause(LOOKED_EVERY_MS);
  }
  return complaints;
}

function isMarkedNoLonger(reads: readonly RecordedRead[], since: number): boolean {
  const last = reads.at(-1);
  return last !== undefined && last.start > since && last.asOf === undefined;
}

async function check(
  { checks, log, database }: DrillGround,
  reads: readonly RecordedRead[],
  absences: readonly Absence[],
): Promise<void> {
  const failures = reads.flatMap(({ failure }) => failure ?? []);
  checks.that(
    `every one of ${reads.length} reads is answered, the bank's rates as before`,
    failures,
  );
  const wrong = complaintsOfSightings(reads, log.operations, await readLog(database.url));
  checks.that('each read shows what is acknowledged, and nothing that is not committed', wrong);
  absences.forEach((absence, index) => {
    checkAbsence(checks, `(${index + 1})`, absence, reads, log.operations);
  });
}

function checkAbsence(
  checks: Checks,
  round: string,
  { from, to, goneAt }: Absence,
  reads: readonly RecordedRead[],
  operations: readonly Operation[],
): void {
  const isWithin = (each: { start: number; end: number }) => each.start > from && each.end < to;
  const readsAway = reads.filter(isWithin);
  const expected = (READS.perSecond * (to - from)) / 1_000;
  const found = `${readsAway.length} of ${Math.round(expected)}`;
  checks.holds(`reads go on, ${found} ${round}`, readsAway.length > expected / 2, found);
  const missed = readsAway.filter(({ start }) => start > from + MISSED_AFTER_MS);
  const unmarked = missed.filter(({ asOf = '' }) => !(Date.parse(asOf) <= goneAt + LATE_MS));
  checks.that(
    `reads say since when the database is away ${round}`,
    unmarked.map(({ path, start, asOf }) => `${path} after ${start - from} ms: ${asOf}`),
  );
  const writesAway = operations.filter((each) => each.rate !== undefined && isWithin(each));
  const acknowledged = writesAway.filter(({ result }) => result === 'acknowledged');
  const isRefused = writesAway.length > 0 && acknowledged.length === 0;
  const counts = `${acknowledged.length} of ${writesAway.length} acknowledged`;
  checks.holds(`no write is acknowledged while it is away ${round}`, isRefused, counts);
}
