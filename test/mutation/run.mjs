import { spawnSync } from 'node:child_process';
import { ROOMS } from './rooms.mjs';

/** `npm run mutation -- parser`: breaks the code of a room in every way, and counts what the tests notice. */
const [room] = process.argv.slice(2);
if (!Object.hasOwn(ROOMS, room ?? '')) {
  process.stderr.write(`Usage: npm run mutation -- ${Object.keys(ROOMS).join('|')}\n`);
  process.exit(64);
}
const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs'], {
  stdio: 'inherit',
  env: { ...process.env, MUTATION_ROOM: room, KURS_TEST_ENGINES: 'SQLite' },
});
process.exit(status ?? 1);
