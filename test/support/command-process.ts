import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printed } from './canary.js';
import { eventually } from './eventually.js';
import type { Exit } from './kurs-process.js';

export const KURS = resolve('dist/cli/kurs.js');
/** The fake bank needs no rate limit. */
const QUICK = { CBR_REQUESTS_PER_SECOND: '1000', CBR_RETRY_PAUSE_MS: '1', JUMP_LIMIT_PERCENT: '0' };

/** Complete environment of a command. */
export function commandEnvironment(environment: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, LOG_LEVEL: 'fatal', ...QUICK, ...environment };
}

/** A `kurs` command in its own process and in an empty working directory. */
export class CommandProcess {
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  private out = '';
  private errors = '';

  /** @param user another user, for a test that runs as root */
  constructor(
    name: string,
    environment: Record<string, string>,
    words: string[],
    user: { uid?: number; gid?: number } = {},
  ) {
    const cwd = mkdtempSync(join(tmpdir(), 'kurs-cwd-'));
    if (user.uid !== undefined) chmodSync(cwd, 0o755);
    this.child = spawn(process.execPath, [KURS, name, ...words], {
      ...user,
      cwd,
      env: commandEnvironment(environment),
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.out += chunk.toString();
      printed(this.child.pid, chunk);
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
      printed(this.child.pid, chunk);
    });
    this.exited = once(this.child, 'close').then((ended: unknown[]) => {
      const [code, signal] = ended as [number | null, NodeJS.Signals | null];
      return { code, signal };
    });
  }

  get output(): string {
    return this.out;
  }

  get errorOutput(): string {
    return this.errors;
  }

  async printed(pattern: RegExp): Promise<void> {
    await eventually(`the command prints ${pattern.source}`, () => pattern.test(this.out));
  }

  async kill(signal: NodeJS.Signals): Promise<Exit> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** Runs a command to its end. */
export async function runCommand(
  environment: Record<string, string>,
  name: string,
  ...words: string[]
): Promise<{ code: number | null; said: string; complained: string }> {
  const command = new CommandProcess(name, environment, words);
  const { code } = await command.exited;
  return { code, said: command.output, complained: command.errorOutput };
}
