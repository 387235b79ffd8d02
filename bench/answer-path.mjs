/*
 * `node bench/answer-path.mjs [PATH]`: the files and functions of Kurs that run for one answer that no cache
 * has, as V8 counts them. Prints how many there are, and each file with its functions.
 */
import { freePort } from '../test/support/free-port.ts';
import { ask } from './support/live-server.mjs';
import { answering, CLIENT_CORE, onCore, stop } from './support/processes.mjs';
import { LAST_DAY, storedDays } from './support/stored-rates.mjs';

const DAYS = 40;
const path = process.argv[2] ?? `/v1/rates?date=${LAST_DAY}`;

const PORT = String(await freePort());
const child = onCore(
  CLIENT_CORE,
  ['--import', './bench/support/coverage-probe.mjs', 'dist/main.js'],
  {
    ...(await storedDays(DAYS)),
    ...{ PORT, LOG_LEVEL: 'fatal', RESPONSE_CACHE: 'off', RATE_LIMIT_PER_MINUTE: '0' },
  },
);
const url = `http://127.0.0.1:${PORT}`;
await answering(child, `${url}/health/ready`);
const answer = async () => {
  const response = await fetch(`${url}${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
};
// What is done once for all answers is not counted.
await answer();
await ask(child, { startCoverage: true });
await answer();
const { ran } = await ask(child, { takeCoverage: true });
await stop(child);

const files = groupedByFile(ran);
for (const [file, functions] of [...files].sort()) {
  console.log(`${file}: ${functions.map(({ functionName }) => functionName).join(', ')}`);
}
console.log(`${path}: ${files.size} files, ${ran.length} functions`);

/** Node 20 has no Map.groupBy. */
function groupedByFile(functions) {
  const groups = new Map();
  for (const each of functions) groups.set(each.file, [...(groups.get(each.file) ?? []), each]);
  return groups;
}
