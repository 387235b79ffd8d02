import { setTimeout as pause } from 'node:timers/promises';

/** Generous, as other processes may keep the machine busy; an endless wait still fails. */
const PATIENCE_MS = 45_000;
const FIRST_LOOK_MS = 5;
/** Polling slows down, as a check often calls a busy service. */
const GROWTH = 1.2;
const LONGEST_LOOK_MS = 100;

/** Polls until `check` holds; the error names what did not happen. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  withinMs = PATIENCE_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  let lookMs = FIRST_LOOK_MS;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(lookMs);
    lookMs = Math.min(lookMs * GROWTH, LONGEST_LOOK_MS);
  }
}
