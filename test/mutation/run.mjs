import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOMS } from './rooms.mjs';
import { LEFT_OUT } from './sample.mjs';

/**
 * `npm run mutation -- parser [--sample 5] [--fresh]`: breaks the code of a room in every way (every fifth, of
 * those), and counts what the tests notice. Only what is new is judged again, unless it is to begin afresh.
 */
const { room, sample, concurrency, fresh } = readArguments();
const report = resolve('.stryker', sample === 1 ? room : `${room}-sample-${sample}`);
mkdirSync('.stryker', { recursive: true });
rmSync(`${report}.names.json`, { force: true });
if (fresh) rmSync(`${report}.incremental.json`, { force: true });
const started = performance.now();
const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    KURS_TEST_ENGINES: 'SQLite',
    MUTATION_ROOM: room,
    MUTATION_SAMPLE: String(sample),
    MUTATION_CONCURRENCY: String(concurrency),
    MUTATION_REPORT: report,
    MUTATION_NAMES: `${report}.names.json`,
    MUTATION_ORDER: ROOMS[room].tests.join(','),
  },
});
if (status === 0) process.stdout.write(`${summary()}\n`);
process.exit(status ?? 1);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        sample: { type: 'string', default: '1' },
        concurrency: { type: 'string', default: '2' },
        fresh: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [room = ''] = positionals;
    const numbers = [values.sample, values.concurrency];
    const isUnderstood = positionals.length === 1 && Object.hasOwn(ROOMS, room);
    if (isUnderstood && numbers.every((number) => /^[1-9]\d{0,3}$/.test(number))) {
      const [sample, concurrency] = numbers.map(Number);
      return { room, sample, concurrency, fresh: values.fresh };
    }
  } catch (thrown) {
    process.stderr.write(`${thrown.message}\n`);
  }
  const rooms = Object.keys(ROOMS).join('|');
  process.stderr.write(
    `Usage: npm run mutation -- ${rooms} [--sample N] [--concurrency 2] [--fresh]\n`,
  );
  process.exit(64);
}

/** The figures of the report, with the size of the sample that they are of. */
function summary() {
  const { files } = JSON.parse(readFileSync(`${report}.json`, 'utf8'));
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (wanted) => mutants.filter(({ status }) => status === wanted).length;
  const leftOut = mutants.filter(({ statusReason }) => statusReason === LEFT_OUT).length;
  const noticed = count('Killed') + count('Timeout');
  const judged = noticed + count('Survived') + count('NoCoverage');
  const minutes = Math.round((performance.now() - started) / 60_000);
  return [
    `${room}: ${mutants.length} mutants, ${count('Ignored')} left out that run at the start alone`,
    sample === 1 ? `${judged} judged` : `${judged} judged, a sample of one in ${sample}`,
    `${count('Killed')} killed, ${count('Timeout')} timed out`,
    `${count('Survived')} survived, ${count('NoCoverage')} not reached by any test`,
    `${mutants.length - judged - count('Ignored') - leftOut} that do not run`,
    `score ${((100 * noticed) / judged).toFixed(1)} %`,
    `${minutes} minutes`,
  ].join('; ');
}
