import { createHash } from 'node:crypto';
import { LessThan } from 'typeorm';
import type { Unit } from '../../database/unit.js';
import { IdempotencyKeyEntity, KeyReusedError } from '../model/index.js';

/** How long a repeated request is recognized. */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/** What a caller repeats, so that a request whose answer got lost may be sent again. */
export interface IdempotencyKey {
  /** One that two callers send is two keys (`keyOfCaller`). */
  key: string;
  /** Of what is asked for. */
  request_sha256: string;
}

/** The answer to a request, or the one that its first sending got. */
export interface KeptAnswer {
  answer: string;
  isRepeated: boolean;
}

/** The key as it is stored: with the name of its caller, null where none was needed. */
export function keyOfCaller(caller: string | null, key: string): string {
  // Of both together the column has no room; no key holds a space, so nobody sends what stands here.
  return caller === null ? key : `${caller} ${createHash('sha256').update(key).digest('hex')}`;
}

/** @throws KeyReusedError */
export async function keptAnswer(
  unit: Unit,
  { key, request_sha256 }: IdempotencyKey,
): Promise<string | undefined> {
  const kept = await unit.select(IdempotencyKeyEntity, 'kept').where({ key }).getOne();
  if (!kept) return undefined;
  if (kept.request_sha256 !== request_sha256) throw new KeyReusedError();
  return kept.answer;
}

/** Keeps the answer to a request of `created_at`. */
export async function keepAnswer(
  unit: Unit,
  { key, request_sha256 }: IdempotencyKey,
  answer: string,
  created_at: Date,
): Promise<void> {
  await unit.insert(IdempotencyKeyEntity, [{ key, request_sha256, answer, created_at }]);
}

/**
 * Deletes the answers that are too old to be asked for again.
 *
 * @param now by the trusted clock: a key that is lost lets a repeated request create a second rate
 */
export async function expireAnswers(unit: Unit, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  await unit.delete(IdempotencyKeyEntity, { created_at: LessThan(oldest) });
}
