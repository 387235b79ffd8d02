import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

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
