import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// Jest maps no `.js` back to `.ts` for the global set-up, which reads this file: it names the files as they are.
import { CANARY } from './canary.ts';
import { freePort } from './free-port.ts';

const SERVER = resolve('test/support/embedded-postgres.mjs');

/** A real PostgreSQL in a process of its own, which keeps its port and its rows when it is started again. */
export class PostgresServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Without a database's name. */
    readonly address: string,
  ) {}

  /** With settings of its own, each `name=value`. */
  static async start(...settings: string[]): Promise<PostgresServer> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'kurs-postgres-'));
    // PostgreSQL runs as a user of its own where the tests run as root, and must get at its folder.
    chmodSync(folder, 0o755);
    // In a group of its own: Ctrl-C reaches this process alone, which ends the server in its turn.
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

  /** As DATABASE_URL, of the database that every server has. */
  get url(): string {
    return `${this.address}/postgres`;
  }

  /** Ends as when the machine fails: its log is replayed at the next start. */
  async crash(): Promise<void> {
    await this.tell('crash');
  }

  async startAgain(): Promise<void> {
    await this.tell('start');
  }

  /** Ends it, and removes its rows. */
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
