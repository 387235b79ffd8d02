import { readdirSync, readFileSync } from 'node:fs';
import type { Instance } from './instance.js';

/** Resident memory, in bytes (Linux). */
export function memoryOf({ pid }: Instance): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** How many files and sockets the process has open (Linux). */
export function openFiles({ pid }: Instance): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
