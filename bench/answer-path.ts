/*
 * `npm run bench:path [-- PATH]`: the files and functions of Kurs that run for one answer that no cache has, as V8
 * counts them. Prints each file with its functions, and how many there are.
 */
import { freePort } from '../test/support/free-port.ts';
import { useRunFolder } from '../test/support/run-folder.js';
import type { RanFunction } from './support/coverage-probe.js';
import { ask, KURS } from './support/live-server.js';
import { answering, CLIENT_CORE, onCore, stop } from './support/processes.js';
import { program } from './support/programs.js';
import { LAST_DAY, storedDays } from './support/stored-rates.js';

const DAYS = 40;
/** The one with the fewest functions counts: polls and fetches may run beside an answer. */
const ROUNDS = 7;
const path = process.argv[2] ?? `/v1/rates?date=${LAST_DAY}`;

process.once('exit', useRunFolder());
const PORT = String(await freePort());
const child = onCore(CLIENT_CORE, KURS, {
  preload: program('coverage-probe'),
  environment: {
    ...(await storedDays(DAYS)),
    ...{ PORT, LOG_LEVEL: 'fatal', RESPONSE_CACHE: 'off', RATE_LIMIT_PER_MINUTE: '0' },
  },
});
const url = `http://127.0.0.1:${PORT}`;
await answering(child, `${url}/health/ready`);
const answer = async () => {
  const response = await fetch(`${url}${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
};
// Not counted: what runs once for all answers.
await answer();
let ran = await ranForAnswer();
for (let round = 1; round < ROUNDS; round++) {
  const again = await ranForAnswer();
  if (again.length < ran.length) ran = again;
}
await stop(child);

const files = new Map<string, string[]>();
for (const { file, functionName } of ran) {
  files.set(file, [...(files.get(file) ?? []), functionName]);
}
for (const [file, functions] of [...files].sort()) console.log(`${file}: ${functions.join(', ')}`);
console.log(`${path}: ${files.size} files, ${ran.length} functions`);

async function ranForAnswer(): Promise<RanFunction[]> {
  await ask(child, { startCoverage: true });
  await answer();
  const found = (await ask(child, { takeCoverage: true })) as { ran: RanFunction[] };
  return found.ran;
}
