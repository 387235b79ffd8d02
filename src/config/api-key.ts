import { createHash, randomBytes } from 'node:crypto';

/** What a key opens: `write` changes rates, `tasks` asks the bank. */
export const SCOPES = ['write', 'tasks'] as const;
export type Scope = (typeof SCOPES)[number];

/** One key as API_KEYS has it: what tells it from others, never the key itself. */
export interface ApiKey {
  /** Who has it; several keys may have one name, so that they can be changed one after the other. */
  name: string;
  scopes: readonly Scope[];
  sha256: Buffer;
}

const LINE = /^([A-Za-z0-9_-]{1,64}):((?:write|tasks)(?:\+(?:write|tasks))?):([0-9a-f]{64})$/;
const KEY_BYTES = 32;

/** A name that a key may have. */
export function isKeyName(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** Reads `name:scope:sha256`, several separated by commas; undefined when one is no such line, or one key has two names. */
export function apiKeysIn(text: string): ApiKey[] | undefined {
  const lines = text === '' ? [] : text.split(',').map((line) => LINE.exec(line.trim()));
  const names = new Map<string, string>();
  const keys: ApiKey[] = [];
  for (const line of lines) {
    const [, name = '', scopes = '', sha256 = ''] = line ?? [];
    if (!line || (names.get(sha256) ?? name) !== name) return undefined;
    names.set(sha256, name);
    keys.push({ name, scopes: scopes.split('+') as Scope[], sha256: Buffer.from(sha256, 'hex') });
  }
  return keys;
}

/** A key that nobody has had before, and its line for API_KEYS. */
export function newApiKey(name: string, scopes: readonly Scope[]): { key: string; line: string } {
  const key = `kurs_${randomBytes(KEY_BYTES).toString('base64url')}`;
  return { key, line: `${name}:${scopes.join('+')}:${hashOfKey(key).toString('hex')}` };
}

/** Keys are 256 random bits: nothing slower than one SHA-256 is needed to keep them from being guessed. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
