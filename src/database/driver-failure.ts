import { messageOf } from '../common/message-of.js';

/** Meaning of a driver's error for the caller. */
export type DriverFailure = 'busy' | 'full' | 'read-only' | 'damaged' | 'unavailable';

/**
 * Maps the code of the driver, the server or the system: SQLite's result codes and extended codes, PostgreSQL's
 * SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), and Node's system and TLS codes. The
 * first match counts. An error without a match is a bug of ours.
 */
const BY_CODE: readonly [DriverFailure, RegExp][] = [
  // lock_not_available, serialization_failure, deadlock_detected: rolled back, can be retried.
  ['busy', /^(?:SQLITE_(?:BUSY|LOCKED)(?:_.+)?|55P03|40001|40P01)$/],
  // disk_full
  ['full', /^(?:SQLITE_FULL|53100)$/],
  // read_only_sql_transaction: a primary that became a standby rejects writes.
  ['read-only', /^(?:SQLITE_READONLY(?:_.+)?|25006)$/],
  // data_corrupted, index_corrupted
  ['damaged', /^(?:SQLITE_(?:CORRUPT(?:_.+)?|NOTADB)|XX00[12])$/],
  ['unavailable', /^SQLITE_(?:IOERR|CANTOPEN|PROTOCOL|NOMEM|PERM|AUTH|INTERRUPT)(?:_.+)?$/],
  // 08 connection, 28 authorization, 3D database name, 42501 privileges, 53 resources, 57 operator intervention
  // (57014: statement timeout or cancel), 58 system, F0 configuration; 25P03 and 25P04: transaction timeouts.
  ['unavailable', /^(?:(?:08|28|3D|53|57|58|F0)[0-9A-Z]{3}|42501|25P0[34])$/],
  ['unavailable', /^E(?:CONN\w+|NOTFOUND|TIMEDOUT|PIPE|AI_AGAIN|(?:HOST|NET)(?:UNREACH|DOWN))$/],
  [
    'unavailable',
    /^(?:(?:ERR_TLS|ERR_SSL|CERT)_\w+|\w*(?:SELF_SIGNED_CERT|VERIFY_LEAF_SIG|ISSUER_CERT)\w*)$/,
  ],
];

/**
 * pg sets no code for a lost connection or a log-in that fails before the server answers; TypeORM sets none for a
 * released query runner, and better-sqlite3 none for a closed database.
 */
const UNAVAILABLE_WORDS =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|query runner (?:was )?already released|database connection is not open|^SASL: |does not support SSL/i;

/** undefined: not an error of connecting, locking or storing. */
export function driverFailure(thrown: unknown): DriverFailure | undefined {
  const code = driverCode(thrown);
  if (code === '') return UNAVAILABLE_WORDS.test(messageOf(thrown)) ? 'unavailable' : undefined;
  return BY_CODE.find(([, codes]) => codes.test(code))?.[0];
}

/** The driver's code, also inside TypeORM's wrapper; empty if there is none. */
export function driverCode(thrown: unknown): string {
  const { code, driverError } = (thrown ?? {}) as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string') return code;
  return driverError === undefined ? '' : driverCode(driverError);
}
