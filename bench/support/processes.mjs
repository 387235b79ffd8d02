import { fork, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What is measured has a core of its own; what asks, receives, or is asked by it has the other. */
export const SERVER_CORE = '0';
export const CLIENT_CORE = '1';

const LOOK_MS = 2;
/** Machines are slow, and nothing that is waited for takes a minute. */
export const PATIENCE_MS = 60_000;

const HAS_TASKSET = spawnSync('taskset', ['--version']).status === 0;
if (!HAS_TASKSET) console.log('taskset is missing: what is measured shares its core');

/** This process, and what it starts from now on: some benchmarks measure in it. */
export function pinThisProcess() {
  if (HAS_TASKSET) spawnSync('taskset', ['-a', '-cp', SERVER_CORE, String(process.pid)]);
}

/** The words to start a program with, on that core. */
export function pinned(core, ...words) {
  return HAS_TASKSET ? ['taskset', '-c', core, ...words] : words;
}

/** A Node program on that core, with which its parent can talk. */
export function onCore(core, words, environment) {
  const env = { ...process.env, ...environment };
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
  if (!HAS_TASKSET) return fork(words.at(-1), { execArgv: words.slice(0, -1), env });
  return spawn('taskset', ['-c', core, process.execPath, ...words], { env, stdio });
}

/** Starts a Node program and resolves when `path` answers, with the milliseconds that it took. */
export async function startAndTime(file, env, path = '/') {
  const begun = performance.now();
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, LOG_LEVEL: 'fatal', RATE_LIMIT_PER_MINUTE: '0', ...env },
    stdio: 'inherit',
  });
  await answering(child, `http://127.0.0.1:${env.PORT}${path}`);
  return { child, startMs: performance.now() - begun };
}

/** Rejects if the process ends instead: a benchmark of what is not there says so, and does not wait for ever. */
export async function answering(child, url) {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    // One that loads what it answers from is not there yet.
    if (answer && answer.status !== 503) return;
    const failure = endOf(child);
    if (failure) throw failure;
    await pause(LOOK_MS);
  }
}

/** How a process has ended, as an error; undefined while it runs. */
export function endOf({ exitCode, signalCode, spawnargs }) {
  if (exitCode === null && signalCode === null) return undefined;
  return new Error(`${spawnargs.join(' ')} ended: ${signalCode ?? exitCode}`);
}

/** @throws Error that names `what` when it does not come about in time */
export async function inTime(promise, what) {
  const waiting = new AbortController();
  const timeUp = pause(PATIENCE_MS, undefined, { signal: waiting.signal }).then(() => {
    throw new Error(`Not within ${PATIENCE_MS / 1_000} s: ${what}`);
  });
  try {
    return await Promise.race([promise, timeUp]);
  } finally {
    waiting.abort();
  }
}

export async function stop(child) {
  if (endOf(child)) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Resident memory of a process in megabytes (Linux). */
export function residentMb(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1024;
}

/** Its highest value so far. */
export function peakMb(pid) {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1024;
}
