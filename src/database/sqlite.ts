import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { SqliteDriverMissingError } from './sqlite-file.errors.js';

/** Lowest Node-API of better-sqlite3 13, that of Node 22.14. Node 20 has at most 9. */
const NODE_API_OF_13 = 10;

const require = createRequire(import.meta.url);
const isOld = Number(process.versions.napi) < NODE_API_OF_13;

/**
 * better-sqlite3 in the version for this Node. No version works on all: 13 crashes Node 20 with a segmentation fault,
 * and 12, compiled for Node 24.19 or later, crashes when a statement is garbage-collected (nodejs/node#65446). No
 * other file imports a value from either.
 *
 * Record 4 in docs/adr says how they are installed.
 */
export const Sqlite = loadDriver();

/** Where it could not be installed, PostgreSQL still can be used: opening a file fails, not the import. */
function loadDriver(): typeof Database {
  const name = isOld ? 'better-sqlite3' : 'better-sqlite3-napi';
  try {
    const driver = require(name) as typeof Database;
    // npm installs 12 without its binary where install scripts are not allowed.
    new driver(':memory:').close();
    return driver;
  } catch (thrown) {
    return function missing() {
      throw new SqliteDriverMissingError(isOld, { cause: thrown });
    } as unknown as typeof Database;
  }
}
