import { DatabaseUnavailableError } from '../database/database.errors.js';
import { inTime } from './in-time.js';

describe('a look at the database', () => {
  it('that never ends is given up', async () => {
    const never = new Promise<never>(() => undefined);
    await expect(inTime(never, 1)).rejects.toThrow(DatabaseUnavailableError);
  });

  it('that ends in time is what it brings', async () => {
    expect(await inTime(Promise.resolve(7))).toBe(7);
    await expect(inTime(Promise.reject(new Error('no such table')))).rejects.toThrow(
      'no such table',
    );
  });
});
