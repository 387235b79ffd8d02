import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 10;

/** Waits until `check` holds; the error says what did not come about. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(LOOK_MS);
  }
}
