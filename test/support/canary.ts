import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands in every secret that the tests make: wherever it turns up in what a process prints, a secret has leaked. */
export const CANARY = 'c4n4ry';

/** Makes the place where everything that the run's processes print is kept. */
export function keepPrinted(): void {
  process.env.KURS_TEST_PRINTED = mkdtempSync(join(tmpdir(), 'kurs-printed-'));
}

/** Keeps what a process has printed, for the search at the end. */
export function printed(pid: number | undefined, chunk: Buffer): void {
  const place = process.env.KURS_TEST_PRINTED;
  if (place !== undefined) appendFileSync(join(place, `${pid}.txt`), chunk);
}

/** @throws when any process of the whole run has printed a secret */
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
