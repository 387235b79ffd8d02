import type { Session } from './session.js';

/** Shortest reconnect delay, in milliseconds. */
const SOONEST_MS = 500;
const SHORTEST_SPREAD_MS = 1_500;
/** Spreads reconnects to about a thousand a second. */
const MS_PER_CLIENT = 1;

/**
 * Closes all sessions for a restart, each with its own reconnect delay, so that the next instance is not flooded.
 * Resolves when all connections are closed.
 */
export async function closeForRestart(sessions: Iterable<Session>): Promise<void> {
  const all = [...sessions];
  const spreadMs = Math.max(SHORTEST_SPREAD_MS, all.length * MS_PER_CLIENT);
  await Promise.all(
    all.map((session) => {
      const retryAfterMs = Math.round(SOONEST_MS + Math.random() * spreadMs);
      return session.end({ why: 'restart', retryAfterMs });
    }),
  );
}
