import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// Jest does not map `.js` to `.ts` for the global set-up, which imports this file, so it imports `.ts` files.
import { CANARY } from './canary.ts';
import { freePort } from './free-port.ts';

const SERVER = resolve('test/support/embedded-postgres.mjs');

/** A real PostgreSQL in its own process, which keeps its port and rows across restarts. */
export class PostgresServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Without a database name. */
    readonly address: string,
  ) {}

  /** @param settings `name=value` */
  static async start(...settings: string[]): Promise<PostgresServer> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'kurs-postgres-'));
    // If the tests run as root, PostgreSQL runs as another user, which must have access to its folder.
    chmodSync(folder, 0o755);
    // Own process group: Ctrl-C reaches only this process, which then stops the server.
    const child = fork(SERVER, [folder, String(port), ...settings], {
      execArgv: [],
      env: { ...process.env, PGPASSWORD: CANARY },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
    });
    const address = `postgres://postgres:${CANARY}@127.0.0.1:${port}`;
    const server = new PostgresServer(child, folder, address);
    await server.tell('initialise');
    await server.tell('start');
    return server;
  }

  /** For DATABASE_URL: the default database. */
  get url(): string {
    return `${this.address}/postgres`;
  }

  /** Crashes the server; the WAL is replayed at the next start. */
  async crash(): Promise<void> {
    await this.tell('crash');
  }

  async startAgain(): Promise<void> {
    await this.tell('start');
  }

  /** Stops the server and deletes its data. */
  async drop(): Promise<void> {
    await this.tell('stop');
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async tell(word: 'initialise' | 'start' | 'stop' | 'crash'): Promise<void> {
    const answered = once(this.child, 'message') as Promise<[{ failure?: string }]>;
    this.child.send(word);
    const [{ failure }] = await answered;
    if (failure !== undefined) throw new Error(`PostgreSQL did not ${word}: ${failure}`);
  }
}
