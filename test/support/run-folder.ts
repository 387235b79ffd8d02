import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'kurs-run-';
/** File with the id of the process that uses a run folder. */
const OWNER = 'owner';
const MEMORY = '/dev/shm';
/** More than a run ever holds, so that it neither fills the memory of a small machine nor fails half-way. */
const MEMORY_BYTES = 4 * 1024 ** 3;

/**
 * Parent of the run folder: memory, if Linux offers enough, else the system's temporary folder. Hundreds of databases
 * are created, committed to and dropped, and no test cuts the power, so waiting for a disk would prove nothing.
 */
export function fastFolder(memory = MEMORY, leastBytes = MEMORY_BYTES): string {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= leastBytes ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/**
 * Sets a temporary folder for this process and its children; returns a function that removes it. A test that is
 * killed removes nothing, and neither do its processes: the next run does.
 */
export function useRunFolder(parent = tmpdir()): () => void {
  const system = tmpdir();
  removeAbandoned(parent);
  const folder = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(folder, OWNER), String(process.pid));
  // If the tests run as root, PostgreSQL runs as another user, which must have access.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.env.KURS_TEST_SYSTEM_TMPDIR = system;
  return () => {
    process.env.TMPDIR = system;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Removes what killed runs have left. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(PREFIX))) {
    const folder = join(parent, name);
    try {
      process.kill(Number(readFileSync(join(folder, OWNER), 'utf8')), 0);
    } catch (thrown) {
      // Not ENOENT or EPERM: a folder without an owner yet, or of another user.
      if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') continue;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Creates a folder that survives the run, for manual inspection. */
export function lastingFolder(prefix: string): string {
  return mkdtempSync(join(process.env.KURS_TEST_SYSTEM_TMPDIR ?? tmpdir(), prefix));
}
