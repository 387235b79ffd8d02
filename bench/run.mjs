// Every benchmark in turn, each beside its bound in the same run. Machines differ: quote ratios and medians.
import { fanOut } from './fan-out.mjs';
import { importHistory } from './import.mjs';
import { instances } from './instances.mjs';
import { readRates } from './reads.mjs';
import { recordSheet } from './record-sheet.mjs';
import { relay } from './relay.mjs';
import { startup } from './startup.mjs';
import { streamAll } from './stream-all.mjs';
import { wsFanout } from './ws-fanout.mjs';
import { wsSlow } from './ws-slow.mjs';
import { wsStorm } from './ws-storm.mjs';

const ALL = [
  ...[startup, recordSheet, importHistory, readRates, fanOut, wsFanout, streamAll, relay],
  ...[wsStorm, wsSlow, instances],
];
const only = process.argv[2];

console.log(`Node ${process.version}`);
for (const benchmark of ALL.filter(({ name }) => !only || name === only)) {
  console.log(`\n${benchmark.name}`);
  console.table(await benchmark());
}
process.exit(0);
