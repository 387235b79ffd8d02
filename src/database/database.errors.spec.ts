import { asDatabaseError } from './database.errors.js';

describe('a driver error', () => {
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
    ['SQLITE_READONLY', 'database.read_only'],
    ['SQLITE_READONLY_DIRECTORY', 'database.read_only'],
    // A primary that became a standby.
    ['25006', 'database.read_only'],
    // A process that was suspended inside a unit of work and woke up too late.
    ['25P03', 'database.unavailable'],
    ['25P04', 'database.unavailable'],
    ['SQLITE_CORRUPT', 'database.damaged'],
    ['SQLITE_CORRUPT_INDEX', 'database.damaged'],
    ['SQLITE_NOTADB', 'database.damaged'],
    ['XX001', 'database.damaged'],
    ['XX002', 'database.damaged'],
    ['SQLITE_PROTOCOL', 'database.unavailable'],
    ['SQLITE_NOMEM', 'database.unavailable'],
    ['SQLITE_PERM', 'database.unavailable'],
    // Password changed, no entry in pg_hba.conf, database renamed, privileges revoked.
    ['28P01', 'database.unavailable'],
    ['28000', 'database.unavailable'],
    ['3D000', 'database.unavailable'],
    ['42501', 'database.unavailable'],
    // Too many connections, out of memory.
    ['53300', 'database.unavailable'],
    ['53200', 'database.unavailable'],
    // Statement timeout or cancel, shutdown, crash, still starting, database dropped.
    ['57014', 'database.unavailable'],
    ['57P02', 'database.unavailable'],
    ['57P03', 'database.unavailable'],
    ['57P04', 'database.unavailable'],
    ['58030', 'database.unavailable'],
    ['08006', 'database.unavailable'],
    // Deadlock and serialization failure: the transaction was rolled back and can be retried.
    ['40P01', 'database.busy'],
    ['40001', 'database.busy'],
    ['EHOSTUNREACH', 'database.unavailable'],
    ['ENETUNREACH', 'database.unavailable'],
    ['ENOTFOUND', 'database.unavailable'],
    ['CERT_HAS_EXPIRED', 'database.unavailable'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'database.unavailable'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'database.unavailable'],
  ])('with the code %s is %s', (code, expected) => {
    const thrown = Object.assign(new Error('the driver says so'), { driverError: { code } });
    expect(asDatabaseError(thrown)).toMatchObject({ code: expected, cause: thrown });
  });

  it.each([
    'Connection terminated unexpectedly',
    'Query runner already released. Cannot run',
    'Database connection provided by a query runner was already released, cannot continue',
    'The database connection is not open',
    'Query read timeout',
    'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
    'The server does not support SSL connections',
    'Client was closed and is not queryable',
  ])('without a code, but with the message "%s…", is database.unavailable', (words) => {
    expect(asDatabaseError(new Error(words))).toMatchObject({ code: 'database.unavailable' });
  });

  it.each([
    '23505',
    '42601',
    '42703',
    '22P02',
    'SQLITE_CONSTRAINT_UNIQUE',
    'SQLITE_ERROR',
    'ENOENT',
  ])('with the code %s is returned unchanged: a bug of ours, or of another kind', (code) => {
    const thrown = Object.assign(new Error('duplicate key'), { code });
    expect(asDatabaseError(thrown)).toBe(thrown);
  });

  it('is never quoted in our messages', () => {
    for (const code of ['28P01', '3D000', '57014', '25006', 'XX001', 'SQLITE_CORRUPT', '53100']) {
      const thrown = Object.assign(new Error('authentication failed for user "kurs"'), { code });
      expect((asDatabaseError(thrown) as Error).message).not.toContain('kurs');
    }
  });
});
