import { PostgresServer } from '../../test/support/postgres-server.ts';
import { CLIENT_CORE, pinThisProcess } from './processes.js';

/** A real PostgreSQL with an empty database, on the core of the clients. */
export async function startPostgres(): Promise<PostgresServer> {
  pinThisProcess(CLIENT_CORE);
  const postgres = await PostgresServer.start();
  pinThisProcess();
  return postgres;
}
