import { messageOf } from '../common/message-of.js';

/** What a failure that a driver reports means for the caller. */
export type DriverFailure = 'busy' | 'full' | 'read-only' | 'damaged' | 'unavailable';

/**
 * By the code that the driver, the server or the system reports: SQLite's result codes with their extended
 * forms, PostgreSQL's SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), Node's system
 * and TLS codes. The first match counts. What matches none is a fault of ours.
 */
const BY_CODE: readonly [DriverFailure, RegExp][] = [
  // lock_not_available, serialization_failure, deadlock_detected: rolled back, may be repeated.
  ['busy', /^(?:SQLITE_(?:BUSY|LOCKED)(?:_.+)?|55P03|40001|40P01)$/],
  // disk_full
  ['full', /^(?:SQLITE_FULL|53100)$/],
  // read_only_sql_transaction: a primary that has become a standby takes no writes.
  ['read-only', /^(?:SQLITE_READONLY(?:_.+)?|25006)$/],
  // data_corrupted, index_corrupted
  ['damaged', /^(?:SQLITE_(?:CORRUPT(?:_.+)?|NOTADB)|XX00[12])$/],
  ['unavailable', /^SQLITE_(?:IOERR|CANTOPEN|PROTOCOL|NOMEM|PERM|AUTH|INTERRUPT)(?:_.+)?$/],
  // 08 connection, 28 authorization, 3D database name, 42501 rights, 53 resources, 57 operator intervention
  // (57014: statement timeout or cancel), 58 system, F0 configuration; 25P03 and 25P04: time limits of a transaction.
  ['unavailable', /^(?:(?:08|28|3D|53|57|58|F0)[0-9A-Z]{3}|42501|25P0[34])$/],
  ['unavailable', /^E(?:CONN\w+|NOTFOUND|TIMEDOUT|PIPE|AI_AGAIN|(?:HOST|NET)(?:UNREACH|DOWN))$/],
  [
    'unavailable',
    /^(?:(?:ERR_TLS|ERR_SSL|CERT)_\w+|\w*(?:SELF_SIGNED_CERT|VERIFY_LEAF_SIG|ISSUER_CERT)\w*)$/,
  ],
];

/** pg gives no code to a lost connection, nor to a log-in that fails before the server answers; TypeORM none to a released one. */
const UNAVAILABLE_WORDS =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|query runner (?:was )?already released|^SASL: |does not support SSL/i;

/** Undefined: the failure says nothing about reaching, locking or storing in the database. */
export function driverFailure(thrown: unknown): DriverFailure | undefined {
  const code = driverCode(thrown);
  if (code === '') return UNAVAILABLE_WORDS.test(messageOf(thrown)) ? 'unavailable' : undefined;
  return BY_CODE.find(([, codes]) => codes.test(code))?.[0];
}

/** The code that the driver gave, whatever TypeORM has put around it; empty where it gave none. */
export function driverCode(thrown: unknown): string {
  const { code, driverError } = (thrown ?? {}) as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string') return code;
  return driverError === undefined ? '' : driverCode(driverError);
}
