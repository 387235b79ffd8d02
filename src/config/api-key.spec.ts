import { apiKeysIn, hashOfKey, isKeyName, newApiKey } from './api-key.js';

const SHA = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

describe('API keys', () => {
  it('are created with an entry that identifies them', () => {
    const { key, line } = newApiKey('erp', ['write', 'tasks']);
    expect(key).toMatch(/^kurs_[\w-]{43}$/);
    expect(line).not.toContain(key);
    const [read] = apiKeysIn(line) ?? [];
    expect(read).toMatchObject({ name: 'erp', scopes: ['write', 'tasks'] });
    expect(read?.sha256.equals(hashOfKey(key))).toBe(true);
  });

  it('are unique', () => {
    const keys = Array.from({ length: 100 }, () => newApiKey('erp', ['write']).key);
    expect(new Set(keys).size).toBe(100);
  });

  it('may share a name, or be absent', () => {
    expect(apiKeysIn('')).toEqual([]);
    expect(apiKeysIn(`erp:write:${SHA}, erp:write:${OTHER}`)).toHaveLength(2);
    expect(apiKeysIn(`erp:write:${SHA},erp:tasks:${SHA}`)).toHaveLength(2);
  });

  it.each([
    ['no scope', `erp::${SHA}`],
    ['an unknown scope', `erp:admin:${SHA}`],
    ['a hash that is none', 'erp:write:abc'],
    ['a hash in capitals', `erp:write:${SHA.toUpperCase()}`],
    ['a key itself', 'erp:write:kurs_0123456789012345678901234567890123456789012'],
    ['a name with a space', `the erp:write:${SHA}`],
    ['a comma too many', `erp:write:${SHA},`],
    ['one key under two names', `erp:write:${SHA},shop:tasks:${SHA}`],
  ])('are rejected with %s', (_, text) => {
    expect(apiKeysIn(text)).toBeUndefined();
  });

  it('have names without separators', () => {
    expect(['erp', 'ERP_2-a'].every(isKeyName)).toBe(true);
    expect(['', 'a b', 'a:b', 'a,b', 'x'.repeat(65)].some(isKeyName)).toBe(false);
  });
});
