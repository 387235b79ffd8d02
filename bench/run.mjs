/*
 * `npm run bench [-- name …]`: every benchmark in turn, each beside its bound in the same run. All of them
 * together write docs/performance.md. `npm run bench:quick` is a short form of those that have a bound, which
 * fails where a ratio is far from its goal: machines are noisy, and it is there to notice what has broken.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { useRunFolder } from '../test/support/run-folder.js';
import { cached } from './cached.mjs';
import { fanOut } from './fan-out.mjs';
import { importHistory } from './import.mjs';
import { instances } from './instances.mjs';
import { mirrors } from './mirrors.mjs';
import { pastDays } from './past-days.mjs';
import { readRates } from './reads.mjs';
import { recordSheet } from './record-sheet.mjs';
import { relay } from './relay.mjs';
import { rows } from './rows.mjs';
import { sockets } from './sockets.mjs';
import { startup } from './startup.mjs';
import { streamAll } from './stream-all.mjs';
import { isReached, shown } from './support/measure.mjs';
import { performanceDocument } from './support/performance-document.mjs';
import { pinThisProcess } from './support/processes.mjs';
import { wsFanout } from './ws-fanout.mjs';
import { wsSlow } from './ws-slow.mjs';
import { wsStorm } from './ws-storm.mjs';

const QUICK = [
  startup,
  recordSheet,
  importHistory,
  cached,
  readRates,
  pastDays,
  mirrors,
  wsFanout,
  relay,
];
const ALL = [...QUICK, rows, sockets, instances, fanOut, streamAll, wsStorm, wsSlow];
/** How many times worse than its goal a ratio is when something has broken. */
const FAR = 5;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { quick } = values;
const unknown = positionals.find((name) => !ALL.some((benchmark) => benchmark.name === name));
if (unknown) {
  console.error(`There is no ${unknown}: ${ALL.map(({ name }) => name).join(', ')}`);
  process.exit(64);
}
const isWanted = ({ name }) => positionals.length === 0 || positionals.includes(name);

process.once('exit', useRunFolder());
pinThisProcess();
const results = [];
for (const benchmark of (quick ? QUICK : ALL).filter(isWanted)) {
  console.log(`\n${benchmark.name}`);
  const measured = await benchmark({ quick });
  results.push({ name: benchmark.name, rows: measured });
  console.table(measured.map(shown));
}
const withGoals = results.flatMap(({ rows: measured }) => measured.filter(({ goal }) => goal));
console.log('\nWhat has a goal');
console.table(
  withGoals.map((each) => ({ ...shown(each), reached: isReached(each) ? 'yes' : 'no' })),
);
if (!quick && positionals.length === 0) {
  writeFileSync('docs/performance.md', await performanceDocument(results));
}
const broken = quick ? withGoals.filter((each) => each.isRatio && isFar(each)) : [];
for (const { what } of broken) console.error(`Far from its goal: ${what}`);
process.exit(broken.length === 0 ? 0 : 1);

function isFar({ median, goal }) {
  const { atMost = Infinity, atLeast = 0 } = goal;
  return median > atMost * FAR || median < atLeast / FAR;
}
