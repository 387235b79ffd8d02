import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../database/database.errors.js';

/** Whoever looks after the service waits a few seconds himself, and then takes it for dead; in milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * What was read of the database, unless it takes too long: one that hangs is no better than one that is gone.
 *
 * @throws DatabaseUnavailableError
 */
export async function inTime<Read>(reading: Promise<Read>, withinMs = PATIENCE_MS): Promise<Read> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const timeUp = sleep(withinMs, undefined, { signal }).then((): never => {
    throw new DatabaseUnavailableError();
  });
  try {
    return await Promise.race([reading, timeUp]);
  } finally {
    waiting.abort();
  }
}
