import type { Session } from './session.js';

/** The soonest that anybody is asked to come back, in milliseconds. */
const SOONEST_MS = 500;
const SHORTEST_SPREAD_MS = 1_500;
/** So that no more than about a thousand come back within one second. */
const MS_PER_CLIENT = 1;

/**
 * Tells every client that the service restarts, and when to come back: each at another moment, so that
 * whoever takes over is not stormed. Resolves when all connections are closed.
 */
export async function sendAway(sessions: Iterable<Session>): Promise<void> {
  const all = [...sessions];
  const spreadMs = Math.max(SHORTEST_SPREAD_MS, all.length * MS_PER_CLIENT);
  await Promise.all(
    all.map((session) => {
      const retryAfterMs = Math.round(SOONEST_MS + Math.random() * spreadMs);
      return session.end({ why: 'restart', retryAfterMs });
    }),
  );
}
