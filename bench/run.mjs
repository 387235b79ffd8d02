// Every benchmark in turn, each beside its bound in the same run. Machines differ: quote ratios and medians.
import { fanOut } from './fan-out.mjs';
import { recordSheet } from './record-sheet.mjs';
import { startup } from './startup.mjs';
import { streamAll } from './stream-all.mjs';

console.log(`Node ${process.version}`);
for (const benchmark of [startup, recordSheet, fanOut, streamAll]) {
  console.log(`\n${benchmark.name}`);
  console.table(await benchmark());
}
process.exit(0);
