import { type ChildProcess, fork, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What is measured has a core of its own; its clients and the services that it calls share the other. */
export const SERVER_CORE = '0';
export const CLIENT_CORE = '1';

const POLL_MS = 2;
/** Machines are slow, and nothing that a benchmark waits for takes a minute. */
export const PATIENCE_MS = 60_000;

export type Environment = Readonly<Record<string, string>>;

const HAS_TASKSET = spawnSync('taskset', ['--version']).status === 0;
if (!HAS_TASKSET) console.log('taskset is missing: what is measured shares its core');

/** This process, and what it starts from now on: some benchmarks measure in it. */
export function pinThisProcess(core = SERVER_CORE): void {
  if (HAS_TASKSET) spawnSync('taskset', ['-a', '-cp', core, String(process.pid)]);
}

/** Starts a program on that core. */
export function spawnOn(core: string, command: string, words: readonly string[]): ChildProcess {
  const options = { stdio: 'ignore' } as const;
  return HAS_TASKSET
    ? spawn('taskset', ['-c', core, command, ...words], options)
    : spawn(command, words, options);
}

/** A Node program on that core that exchanges messages with its parent. */
export function onCore(
  core: string,
  file: string,
  { preload, words = [], environment, isSilent = false }: NodeProgram = {},
): ChildProcess {
  const env = { ...process.env, ...environment };
  const execArgv = preload ? ['--import', preload] : [];
  const stdout = isSilent ? 'ignore' : 'inherit';
  const stdio: StdioOptions = ['ignore', stdout, 'inherit', 'ipc'];
  if (!HAS_TASKSET) return fork(file, words, { execArgv, env, stdio });
  return spawn('taskset', ['-c', core, process.execPath, ...execArgv, file, ...words], {
    env,
    stdio,
  });
}

interface NodeProgram {
  preload?: string;
  words?: readonly string[];
  environment?: Environment;
  /** Without what it prints, but for errors. */
  isSilent?: boolean;
}

/** Starts a Node program and resolves when `path` answers, with the milliseconds that it took. */
export async function startAndTime(file: string, env: Environment & { PORT: string }, path = '/') {
  const begun = performance.now();
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, LOG_LEVEL: 'fatal', RATE_LIMIT_PER_MINUTE: '0', ...env },
    stdio: 'inherit',
  });
  await answering(child, `http://127.0.0.1:${env.PORT}${path}`);
  return { child, startMs: performance.now() - begun };
}

/** Waits until the process answers there. Rejects if it ends instead. */
export async function answering(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    // 503 while it loads.
    if (answer && answer.status !== 503) return;
    const failure = endOf(child);
    if (failure) throw failure;
    await pause(POLL_MS);
  }
}

/** How a process has ended, as an error; undefined while it runs. */
export function endOf({ exitCode, signalCode, spawnargs }: ChildProcess): Error | undefined {
  if (exitCode === null && signalCode === null) return undefined;
  return new Error(`${spawnargs.join(' ')} ended: ${signalCode ?? exitCode}`);
}

/** @throws Error that names `what` when it does not happen in time */
export async function inTime(promise: Promise<unknown>, what: string): Promise<void> {
  const waiting = new AbortController();
  const timeUp = pause(PATIENCE_MS, undefined, { signal: waiting.signal }).then(() => {
    throw new Error(`Not within ${PATIENCE_MS / 1_000} s: ${what}`);
  });
  try {
    await Promise.race([promise, timeUp]);
  } finally {
    waiting.abort();
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (endOf(child)) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Resident memory of a process in megabytes (Linux). */
export function residentMb(child: ChildProcess): number {
  return megabytes(child, /VmRSS:\s+(\d+)/);
}

/** Its highest value so far. */
export function peakMb(child: ChildProcess): number {
  return megabytes(child, /VmHWM:\s+(\d+)/);
}

function megabytes({ pid }: ChildProcess, line: RegExp): number {
  return Number(line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
