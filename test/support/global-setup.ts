import { keepPrinted } from './canary.ts';
import { findNatsServer } from './find-nats-server.ts';
import { PostgresServer } from './postgres-server.ts';
import { useRunFolder } from './run-folder.ts';

declare global {
  // Both are handed to the teardown, which runs in the same process.
  var kursPostgres: PostgresServer | undefined;
  var removeRunFolder: (() => void) | undefined;
}

/**
 * Its machine never fails: whether a row is on the disk decides nothing. Every test drops a database, which
 * would wait for the disk. Drills that crash a server start one of their own, as it comes.
 */
const NOT_DURABLE = ['fsync=off', 'full_page_writes=off'];

// Jest maps no `.js` back to `.ts` for this file, so it names the files as they are.

/** Keeps what processes print, finds the real nats-server, and starts the real PostgreSQL that the whole run shares. */
export default async function setUp(): Promise<void> {
  globalThis.removeRunFolder = useRunFolder();
  keepPrinted();
  process.env.NATS_SERVER_BIN = findNatsServer();
  globalThis.kursPostgres = await PostgresServer.start(...NOT_DURABLE);
  process.env.KURS_TEST_POSTGRES = globalThis.kursPostgres.address;
}
