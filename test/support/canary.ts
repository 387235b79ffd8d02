import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Part of every secret in the tests: its occurrence in the output of a process proves a leak. */
export const CANARY = 'c4n4ry';

/** Creates the folder for the output of all processes of the run. */
export function keepPrinted(): void {
  process.env.KURS_TEST_PRINTED = mkdtempSync(join(tmpdir(), 'kurs-printed-'));
}

/** Keeps output of a process for the search at the end. */
export function printed(pid: number | undefined, chunk: Buffer): void {
  const place = process.env.KURS_TEST_PRINTED;
  if (place !== undefined) appendFileSync(join(place, `${pid}.txt`), chunk);
}

/** @throws if any process of the run has printed a secret */
export function searchPrinted(): void {
  const place = process.env.KURS_TEST_PRINTED;
  if (place === undefined) return;
  const leaks = readdirSync(place).flatMap((file) =>
    readFileSync(join(place, file), 'utf8')
      .split('\n')
      .filter((line) => line.includes(CANARY)),
  );
  rmSync(place, { recursive: true, force: true });
  if (leaks.length > 0) throw new Error(`Secrets were printed:\n${leaks.slice(0, 20).join('\n')}`);
}
