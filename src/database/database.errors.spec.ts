import { asDatabaseError } from './database.errors.js';

describe('what a driver throws', () => {
  it.each([
    ['SQLITE_BUSY', 'database.busy'],
    ['SQLITE_BUSY_RECOVERY', 'database.busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'database.busy'],
    ['SQLITE_LOCKED_SHAREDCACHE', 'database.busy'],
    ['55P03', 'database.busy'],
    ['SQLITE_FULL', 'database.full'],
    ['53100', 'database.full'],
    ['SQLITE_IOERR_WRITE', 'database.unavailable'],
    ['ECONNREFUSED', 'database.unavailable'],
    ['57P01', 'database.unavailable'],
    ['SQLITE_READONLY', 'database.unavailable'],
    // A primary that has become a standby.
    ['25006', 'database.unavailable'],
    // A process that was stopped inside a unit of work, and woke up too late.
    ['25P03', 'database.unavailable'],
  ])('with the code %s is %s', (code, expected) => {
    const thrown = Object.assign(new Error('the driver says so'), { driverError: { code } });
    expect(asDatabaseError(thrown)).toMatchObject({ code: expected, cause: thrown });
  });

  it.each([
    'Connection terminated unexpectedly',
    'Query runner already released. Cannot run',
    'Database connection provided by a query runner was already released, cannot continue',
    'Query read timeout',
  ])('without a code, but with the words "%s…", is database.unavailable', (words) => {
    expect(asDatabaseError(new Error(words))).toMatchObject({ code: 'database.unavailable' });
  });

  it('is left as it is when it says nothing of reaching or locking the database', () => {
    const thrown = Object.assign(new Error('duplicate key'), { code: '23505' });
    expect(asDatabaseError(thrown)).toBe(thrown);
  });
});
