import { keepPrinted } from './canary.ts';
import { findNatsServer } from './find-nats-server.ts';
import { PostgresServer } from './postgres-server.ts';
import { fastFolder, useRunFolder } from './run-folder.ts';

declare global {
  // Passed to the teardown, which runs in the same process.
  var kursPostgres: PostgresServer | undefined;
  var removeRunFolder: (() => void) | undefined;
}

/**
 * Durability is irrelevant here, and every test drops a database, which would wait for the disk. Drills that crash a
 * server start their own, with defaults.
 */
const NOT_DURABLE = ['fsync=off', 'full_page_writes=off'];

// Jest does not map `.js` to `.ts` for this file, so it imports `.ts` files.

/** Collects the output of processes, finds nats-server, and starts the PostgreSQL server shared by the run. */
export default async function setUp(): Promise<void> {
  globalThis.removeRunFolder = useRunFolder(fastFolder());
  keepPrinted();
  process.env.NATS_SERVER_BIN = findNatsServer();
  globalThis.kursPostgres = await PostgresServer.start(...NOT_DURABLE);
  process.env.KURS_TEST_POSTGRES = globalThis.kursPostgres.address;
}
