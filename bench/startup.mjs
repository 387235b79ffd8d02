import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../test/support/free-port.ts';
import { ratio, row } from './support/measure.mjs';
import { residentMb, startAndTime, stop } from './support/processes.mjs';

const ROUNDS = { full: 7, quick: 3 };
const IDLE_MS = 3_000;

/** Start to first answer, and memory at rest, beside a bare Nest application with the same packages. */
export async function startup({ quick = false } = {}) {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const kurs = { start: [], memory: [] };
  const bare = { start: [], memory: [] };
  for (let round = 0; round < rounds; round++) {
    await once('dist/main.js', '/v1/status', kurs);
    await once('bench/support/bare-nest.mjs', '/', bare);
  }
  return [
    row('Kurs: start to first answer', 'ms', kurs.start),
    row('bare Nest: the same', 'ms', bare.start),
    ratio('start to first answer, beside bare Nest', kurs.start, bare.start, { atMost: 1.3 }),
    row('Kurs: idle memory', 'MB', kurs.memory),
    row('bare Nest: the same', 'MB', bare.memory),
    ratio('idle memory, beside bare Nest', kurs.memory, bare.memory, { atMost: 1.3 }),
  ];
}

async function once(file, path, into) {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-'));
  const env = {
    PORT: String(await freePort()),
    DATABASE_URL: `sqlite:${join(folder, 'kurs.db')}`,
    CBR_BASE_URL: 'http://127.0.0.1:9',
  };
  const { child, startMs } = await startAndTime(file, env, path);
  into.start.push(startMs);
  await pause(IDLE_MS);
  into.memory.push(residentMb(child.pid));
  await stop(child);
}
