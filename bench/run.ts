/*
 * `npm run bench [-- name …]`: every benchmark in turn, each beside its bound in the same run. All of them
 * together write docs/performance.md. `npm run bench:quick` is a short form of those that have a bound, which
 * fails where a ratio is far from its goal: machines are noisy, and it is there to notice what has broken.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { useRunFolder } from '../test/support/run-folder.js';
import { cached } from './cached.js';
import { fanOut } from './fan-out.js';
import { following } from './following.js';
import { importHistory } from './import.js';
import { instances } from './instances.js';
import { mirrors } from './mirrors.js';
import { pastDays } from './past-days.js';
import { readRates } from './reads.js';
import { recordSheet } from './record-sheet.js';
import { relay } from './relay.js';
import { rows } from './rows.js';
import { sockets } from './sockets.js';
import { startup } from './startup.js';
import { streamAll } from './stream-all.js';
import { hasGoal, isReached, type RowWithGoal, shown } from './support/measure.js';
import { performanceDocument, type Result } from './support/performance-document.js';
import { pinThisProcess } from './support/processes.js';
import { wsFanout } from './ws-fanout.js';
import { wsSlow } from './ws-slow.js';
import { wsStorm } from './ws-storm.js';

const QUICK = {
  ...{ startup, recordSheet, importHistory, cached, readRates, pastDays, mirrors, wsFanout, relay },
};
const ALL = { ...QUICK, following, rows, sockets, instances, fanOut, streamAll, wsStorm, wsSlow };
/** How many times worse than its goal a ratio is when something has broken. */
const FAR = 5;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { quick } = values;
const unknown = positionals.find((name) => !(name in ALL));
if (unknown) {
  console.error(`There is no ${unknown}: ${Object.keys(ALL).join(', ')}`);
  process.exit(64);
}

process.once('exit', useRunFolder());
pinThisProcess();
const results: Result[] = [];
for (const [name, benchmark] of Object.entries(quick ? QUICK : ALL)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n${name}`);
  const rowsOfIt = await benchmark({ quick });
  results.push({ name, rows: rowsOfIt });
  console.table(rowsOfIt.map(shown));
}
const withGoals = results.flatMap((result) => result.rows.filter(hasGoal));
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

function isFar({ median, goal }: RowWithGoal): boolean {
  const { atMost = Infinity, atLeast = 0 } = goal;
  return median > atMost * FAR || median < atLeast / FAR;
}
