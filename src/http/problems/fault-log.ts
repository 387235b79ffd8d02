import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

const STACK_PAUSE_MS = 60_000;
const MOST_KNOWN = 100;

const logger = new Logger('Problem');
/** Faults whose stack was logged within the last minute. */
const known = new LRUCache<string, true>({
  max: MOST_KNOWN,
  ttl: STACK_PAUSE_MS,
  ttlResolution: 0,
});

/**
 * Logs an internal error in one line, and its stack at most once a minute: a client that finds a failing request can
 * repeat it up to the rate limit.
 */
export function logFault(line: string, failure: unknown, fields: object): void {
  const stack = failure instanceof Error ? failure.stack : undefined;
  const isKnown = stack === undefined || known.has(stack);
  if (!isKnown) known.set(stack, true);
  logger.error(line, isKnown ? undefined : stack, fields);
}
