import { parseArgs } from 'node:util';
import setUp from '../support/global-setup.js';
import tearDown from '../support/global-teardown.js';
import { drills } from './drills.js';
import type { Drill } from './drill.js';
import { perform } from './perform.js';

/* `npm run drill -- <name> [--rounds N] [--seconds N]`: the long form of a drill, on every engine it is for. */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seconds: { type: 'string' } },
});
const drill = drills.find(({ name }) => name === positionals[0]);
if (!drill) {
  const width = Math.max(...drills.map(({ name }) => name.length));
  for (const { name, about } of drills) console.log(`${name.padEnd(width)}  ${about}`);
  process.exit(positionals.length === 0 ? 0 : 2);
}
process.exit((await runLong(drill)) ? 0 : 1);

async function runLong({ long, ...rest }: Drill): Promise<boolean> {
  const scale = {
    rounds: wholeNumber(values.rounds) ?? long.rounds,
    seconds: wholeNumber(values.seconds) ?? long.seconds,
  };
  let [passed, failed] = [0, 0];
  await setUp();
  for (const engine of rest.engines) {
    const { results, failures } = await perform({ long, ...rest }, engine, scale, console.log);
    for (const { name, failure } of results) {
      console.log(failure === undefined ? `  passed  ${name}` : `  FAILED  ${name}: ${failure}`);
    }
    passed += results.length - failures.length;
    failed += failures.length;
  }
  await tearDown();
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new Error('--rounds and --seconds take whole numbers');
  return Number(text);
}
