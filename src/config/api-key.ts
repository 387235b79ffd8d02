import { createHash, randomBytes } from 'node:crypto';

/** Scopes of a key: `write` changes rates, `tasks` starts fetches from the bank. */
export const SCOPES = ['write', 'tasks'] as const;
export type Scope = (typeof SCOPES)[number];

/** Entry of API_KEYS; it has the hash of the key, never the key. */
export interface ApiKey {
  /** Name of the holder. Several keys may share a name, so that one can replace another. */
  name: string;
  scopes: readonly Scope[];
  sha256: Buffer;
}

const LINE = /^([A-Za-z0-9_-]{1,64}):((?:write|tasks)(?:\+(?:write|tasks))?):([0-9a-f]{64})$/;
const KEY_BYTES = 32;

/** Whether `text` is a valid name of a key. */
export function isKeyName(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/**
 * Parses API_KEYS: `name:scope:sha256`, separated by commas. undefined if an entry is malformed or one key has two
 * names.
 */
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

/** Generates a key and its entry for API_KEYS. */
export function newApiKey(name: string, scopes: readonly Scope[]): { key: string; line: string } {
  const key = `kurs_${randomBytes(KEY_BYTES).toString('base64url')}`;
  return { key, line: `${name}:${scopes.join('+')}:${hashOfKey(key).toString('hex')}` };
}

/** Keys are 256 random bits, so one SHA-256 is enough: a slow hash protects only guessable secrets. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
