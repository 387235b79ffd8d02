import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { getJson } from '../support/json.js';
import type { Drill } from './drill.js';
import type { DrillGround } from './drill-ground.js';
import { Pulse } from './pulse.js';

const HOLDER = resolve('test/support/hold-sqlite-lock.mjs');
/** More than a few: those who have waited in vain give up at the same moment. */
const WRITERS = 60;
const CLIENTS = 2;
/** The longest that the event loop may stand still, in milliseconds. */
const LONGEST_STALL_MS = 250;
/** A write waits five seconds for the lock; the rest is the machine's. */
const LONGEST_WRITE_MS = 8_000;

export const dbLocked: Drill = {
  name: 'db-locked',
  about:
    'another process locks SQLite: reads continue, the event loop never stalls, writes wait or get 503',
  engines: ['SQLite'],
  short: { rounds: 1, seconds: 6 },
  long: { rounds: 3, seconds: 30 },

  async run(ground, { rounds, seconds }) {
    await ground.broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    const pulse = new Pulse(instance.url);
    for (let round = 1; round <= rounds; round++) {
      await ground.acknowledged(200);
      const before = pulse.takeSlowest();
      const reading = new Reading(`${instance.url}/rates/get?limit=5`);
      await ground.log.step('locked', () => holdLock(ground, seconds));
      const during = pulse.takeSlowest();
      const reads = await reading.stop();
      ground.checks.holds(`reads go on (${round})`, reads > seconds * 10, reads);
      const stall = `${Math.round(during)} ms, ${Math.round(before)} before`;
      const isFluent = during <= Math.max(LONGEST_STALL_MS, before * 2);
      ground.checks.holds(`the event loop never stalls: ${stall} (${round})`, isFluent, stall);
      ground.say(`locked ${round} of ${rounds}: ${reads} reads, longest stall ${stall}`);
    }
    await ground.acknowledged(200);
    await pulse.stop();
    const writes = ground.log.operations.filter(({ rate }) => rate !== undefined);
    const longest = Math.max(...writes.map(({ start, end }) => end - start));
    const name = `every write is answered within ${LONGEST_WRITE_MS} ms`;
    ground.checks.holds(name, longest <= LONGEST_WRITE_MS, longest);
  },
};

/** From before the lock is asked for until it is given back. */
async function holdLock({ database }: DrillGround, seconds: number): Promise<void> {
  const path = database.url.slice('sqlite:'.length);
  const holder = spawn(process.execPath, [HOLDER, path, String(seconds * 1_000)]);
  const [code] = (await once(holder, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The holder of the lock ended with ${code}`);
}

/** Reads one request after the other until stopped. */
class Reading {
  private isStopped = false;
  private readonly ended: Promise<number>;

  constructor(private readonly url: string) {
    this.ended = this.read();
  }

  /** How many reads were answered. */
  stop(): Promise<number> {
    this.isStopped = true;
    return this.ended;
  }

  private async read(): Promise<number> {
    let count = 0;
    while (!this.isStopped) {
      const rates = await getJson<unknown>(this.url);
      if (Array.isArray(rates)) count += 1;
    }
    return count;
  }
}
