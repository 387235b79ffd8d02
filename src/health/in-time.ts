import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../database/database.errors.js';

/** Monitoring tools time out after a few seconds and count the service as dead; in milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Resolves with what was read from the database, or rejects after a timeout: a hanging database counts as gone.
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
