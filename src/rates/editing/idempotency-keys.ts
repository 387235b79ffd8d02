import { createHash } from 'node:crypto';
import { LessThan } from 'typeorm';
import type { Unit } from '../../database/unit.js';
import { IdempotencyKeyEntity, KeyReusedError } from '../model/index.js';

/** Days for which a repeated request is recognized. */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/** Identifies a request that may be repeated if its answer got lost. */
export interface IdempotencyKey {
  /** Scoped to the caller (`keyOfCaller`). */
  key: string;
  /** Hash of the request's meaning. */
  request_sha256: string;
}

/** Answer to a request; if it was repeated, that of the first one. */
export interface StoredAnswer {
  answer: string;
  isRepeated: boolean;
}

/** Stored key, scoped by the caller's name; the caller is null without a key. */
export function keyOfCaller(caller: string | null, key: string): string {
  // The column is too short for both texts. A client cannot send this form, as keys contain no spaces.
  return caller === null ? key : `${caller} ${createHash('sha256').update(key).digest('hex')}`;
}

/** @throws KeyReusedError */
export async function storedAnswer(
  unit: Unit,
  { key, request_sha256 }: IdempotencyKey,
): Promise<string | undefined> {
  const kept = await unit.select(IdempotencyKeyEntity, 'kept').where({ key }).getOne();
  if (!kept) return undefined;
  if (kept.request_sha256 !== request_sha256) throw new KeyReusedError();
  return kept.answer;
}

/** Stores the answer to a request of `created_at`. */
export async function storeAnswer(
  unit: Unit,
  { key, request_sha256 }: IdempotencyKey,
  answer: string,
  created_at: Date,
): Promise<void> {
  await unit.insert(IdempotencyKeyEntity, [{ key, request_sha256, answer, created_at }]);
}

/**
 * Deletes expired answers.
 *
 * @param now trusted time: a key expired too early lets a repeated request create a second rate
 */
export async function expireAnswers(unit: Unit, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  await unit.delete(IdempotencyKeyEntity, { created_at: LessThan(oldest) });
}
