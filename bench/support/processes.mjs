import { fork, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** What is measured has a core of its own; what asks, receives, or is asked by it has the other. */
export const SERVER_CORE = '0';
export const CLIENT_CORE = '1';

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

export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts a Node program and resolves when `path` answers, with the milliseconds that it took. */
export async function startAndTime(file, env, path = '/') {
  const begun = performance.now();
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, LOG_LEVEL: 'fatal', RATE_LIMIT_PER_MINUTE: '0', ...env },
    stdio: 'inherit',
  });
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${env.PORT}${path}`);
      await response.arrayBuffer();
      return { child, startMs: performance.now() - begun };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

export async function stop(child) {
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
