import { setTimeout as pause } from 'node:timers/promises';

/** What comes about in a moment takes long on a machine that others keep busy; a wait that has no end shows all the same. */
const PATIENCE_MS = 45_000;
const FIRST_LOOK_MS = 5;
/** A look often asks a service, which has something else to do: whoever has waited long looks less often. */
const GROWTH = 1.2;
const LONGEST_LOOK_MS = 100;

/** Waits until `check` holds; the error says what did not come about. */
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
