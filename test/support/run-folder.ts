import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives this process, and those that it starts, a temporary folder of their own; returns what removes it. A
 * test that is cut off removes nothing itself, and neither does the process that it has started.
 */
export function useRunFolder(): () => void {
  const system = tmpdir();
  const folder = mkdtempSync(join(system, 'kurs-run-'));
  // PostgreSQL runs as a user of its own where the tests run as root, and must get through.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.env.KURS_TEST_SYSTEM_TMPDIR = system;
  return () => {
    process.env.TMPDIR = system;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Makes a folder that outlives the run: for what a person wants to look at afterwards. */
export function lastingFolder(prefix: string): string {
  return mkdtempSync(join(process.env.KURS_TEST_SYSTEM_TMPDIR ?? tmpdir(), prefix));
}
