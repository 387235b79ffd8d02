import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the work is done or the time is up: shutdown must not wait for hanging work. */
export async function doneWithin(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const grace = new AbortController();
  const timeUp = sleep(milliseconds, undefined, { signal: grace.signal }).catch(() => undefined);
  try {
    await Promise.race([work, timeUp]);
  } finally {
    grace.abort();
  }
}
