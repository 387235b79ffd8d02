import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Sets a temporary folder for this process and its children; returns a function that removes it. A test that is
 * killed removes nothing, and neither do its processes.
 */
export function useRunFolder(): () => void {
  const system = tmpdir();
  const folder = mkdtempSync(join(system, 'kurs-run-'));
  // If the tests run as root, PostgreSQL runs as another user, which must have access.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.env.KURS_TEST_SYSTEM_TMPDIR = system;
  return () => {
    process.env.TMPDIR = system;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Creates a folder that survives the run, for manual inspection. */
export function lastingFolder(prefix: string): string {
  return mkdtempSync(join(process.env.KURS_TEST_SYSTEM_TMPDIR ?? tmpdir(), prefix));
}
