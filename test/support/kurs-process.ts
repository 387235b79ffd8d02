import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printed } from './canary.js';
import { eventually } from './eventually.js';

export const MAIN = resolve('dist/main.js');
/** Fetches only on request, has no rate limit, and accepts made-up figures. */
const QUIET = {
  PORT: '0',
  CBR_POLL_SECONDS: '86400',
  CBR_WATCH_SECONDS: '86400',
  BACKFILL_DAYS: '0',
  CBR_RETRY_PAUSE_MS: '1',
  CBR_REQUESTS_PER_SECOND: '1000',
  CBR_MAX_SHRINK_PERCENT: '100',
  JUMP_LIMIT_PERCENT: '0',
  RATE_LIMIT_PER_MINUTE: '0',
};
/** A start needs a second of CPU time, which other processes may use. */
const START_MS = 60_000;
const ADDRESS = /Kurs answers on (http:\/\/[^\s"]+)/;

/** Complete environment of a service. */
export function serviceEnvironment(environment: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...QUIET, ...environment };
}

/** Exit status of a process. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built service in its own process and in an empty working directory. */
export class KursProcess {
  readonly exited: Promise<Exit>;
  private text = '';

  private constructor(private readonly child: ChildProcess) {
    const keep = (chunk: Buffer) => {
      this.text += chunk.toString();
      printed(child.pid, chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.exited = once(child, 'close').then((ended: unknown[]) => {
      const [code, signal] = ended as [number | null, NodeJS.Signals | null];
      return { code, signal };
    });
  }

  /** Starts it without waiting, by default on a free port. @param user for a test that runs as root */
  static spawn(
    environment: Record<string, string>,
    user: { uid?: number; gid?: number } = {},
  ): KursProcess {
    const cwd = mkdtempSync(join(tmpdir(), 'kurs-cwd-'));
    if (user.uid !== undefined) chmodSync(cwd, 0o755);
    const env = serviceEnvironment(environment);
    return new KursProcess(spawn(process.execPath, [MAIN], { ...user, cwd, env }));
  }

  /** Starts it and waits until it responds. */
  static async start(environment: Record<string, string>): Promise<KursProcess> {
    const kurs = KursProcess.spawn(environment);
    await kurs.answers();
    return kurs;
  }

  /** Starts it through another program, in its own process group, and waits until it responds. */
  static async startBy(
    [program = '', ...words]: string[],
    cwd: string,
    environment: Record<string, string>,
  ): Promise<KursProcess> {
    const env = serviceEnvironment(environment);
    const kurs = new KursProcess(spawn(program, words, { cwd, env, detached: true }));
    await kurs.answers();
    return kurs;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get url(): string {
    return ADDRESS.exec(this.text)?.[1] ?? '';
  }

  /** Complete output. */
  get output(): string {
    return this.text;
  }

  async answers(): Promise<void> {
    await this.printed(ADDRESS, START_MS);
  }

  async printed(pattern: RegExp, withinMs?: number): Promise<void> {
    const isPrinted = () => {
      if (pattern.test(this.text)) return true;
      if (this.child.exitCode !== null) throw new Error(`The service ended:\n${this.text}`);
      return false;
    };
    await eventually(`the service prints ${pattern.source}`, isPrinted, withinMs);
  }

  /** SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Like Ctrl-C in a terminal: signals the group created by `startBy`. */
  async killGroup(signal: NodeJS.Signals): Promise<Exit> {
    if (this.pid === undefined) throw new Error('The process was never started');
    process.kill(-this.pid, signal);
    return this.exited;
  }

  async kill(signal: NodeJS.Signals): Promise<Exit> {
    this.child.kill(signal);
    return this.exited;
  }
}
