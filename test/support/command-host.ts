import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printed } from './canary.js';
import { commandEnvironment, KURS } from './command-process.js';
import { MAIN, serviceEnvironment } from './kurs-process.js';

const HOST = resolve('test/support/command-host.mjs');

/** How a command ended and what it printed. */
interface CommandResult {
  code: number;
  said: string;
  complained: string;
}

interface Job {
  entry: string;
  words: string[];
  environment: NodeJS.ProcessEnv;
}

/**
 * Runs `kurs` commands in one process, in order. Use `CommandProcess` where the process matters: its end, its signals,
 * or a command beside another one.
 */
export class CommandHost {
  private child: ChildProcess | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** @param user another user, for a test that runs as root */
  constructor(private readonly user: { uid?: number; gid?: number } = {}) {}

  run(
    environment: Record<string, string>,
    name: string,
    ...words: string[]
  ): Promise<CommandResult> {
    return this.queued({
      entry: KURS,
      words: [name, ...words],
      environment: commandEnvironment(environment),
    });
  }

  /** Starts the service, which must refuse to start; `complained` is all that it prints. */
  async failedStart(environment: Record<string, string>): Promise<CommandResult> {
    const { code, said, complained } = await this.queued({
      entry: MAIN,
      words: [],
      environment: serviceEnvironment(environment),
    });
    if ((code as number | undefined) === undefined) throw new Error('The service has started');
    return { code, said: '', complained: said + complained };
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child?.connected) return;
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  }

  private queued(job: Job): Promise<CommandResult> {
    const result = this.last.then(() => this.resultOf(job));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async resultOf(job: Job): Promise<CommandResult> {
    this.child ??= this.start();
    const { child } = this;
    const cwd = mkdtempSync(join(tmpdir(), 'kurs-cwd-'));
    if (this.user.uid !== undefined) chmodSync(cwd, 0o755);
    const answered = new Promise<CommandResult & { failure?: string }>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('The host has ended')));
    });
    child.send({ ...job, cwd });
    const { failure, ...result } = await answered.finally(() => child.removeAllListeners());
    if (failure !== undefined) throw new Error(`kurs ${job.words.join(' ')}: ${failure}`);
    for (const text of [result.said, result.complained]) printed(child.pid, Buffer.from(text));
    return result;
  }

  private start(): ChildProcess {
    const stdio = ['ignore' as const, 'inherit' as const, 'inherit' as const, 'ipc' as const];
    return fork(HOST, { ...this.user, execArgv: [], stdio });
  }
}

/** A host for the commands of a block of tests. */
export function withCommandHost(user?: { uid?: number; gid?: number }): CommandHost {
  const host = new CommandHost(user);
  afterAll(() => host.stop());
  return host;
}
