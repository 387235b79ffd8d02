import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../test/support/free-port.ts';
import { KURS } from './support/live-server.js';
import { type Benchmark, ratio, row } from './support/measure.js';
import { residentMb, startAndTime, stop } from './support/processes.js';
import { program } from './support/programs.js';
import { emptyDatabase } from './support/stored-rates.js';

const ROUNDS = { full: 7, quick: 3 };
const IDLE_MS = 3_000;

interface Figures {
  start: number[];
  memory: number[];
}

/** Start to first answer, and memory at rest, beside a bare Nest application with the same packages. */
export const startup: Benchmark = async ({ quick }) => {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const kurs: Figures = { start: [], memory: [] };
  const bare: Figures = { start: [], memory: [] };
  for (let round = 0; round < rounds; round++) {
    await measure(KURS, '/v1/status', kurs);
    await measure(program('bare-nest'), '/', bare);
  }
  return [
    row('Kurs: start to first answer', 'ms', kurs.start),
    row('bare Nest: the same', 'ms', bare.start),
    ratio('start to first answer, beside bare Nest', kurs.start, bare.start, { atMost: 1.3 }),
    row('Kurs: idle memory', 'MB', kurs.memory),
    row('bare Nest: the same', 'MB', bare.memory),
    ratio('idle memory, beside bare Nest', kurs.memory, bare.memory, { atMost: 1.3 }),
  ];
};

async function measure(file: string, path: string, into: Figures): Promise<void> {
  const env = { ...emptyDatabase(), PORT: String(await freePort()) };
  const { child, startMs } = await startAndTime(file, env, path);
  into.start.push(startMs);
  await pause(IDLE_MS);
  into.memory.push(residentMb(child));
  await stop(child);
}
