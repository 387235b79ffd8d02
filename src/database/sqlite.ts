import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

/** Lowest Node-API of better-sqlite3 13, that of Node 22.14. Node 20 has at most 9. */
const NODE_API_OF_13 = 10;

const require = createRequire(import.meta.url);
const isOld = Number(process.versions.napi) < NODE_API_OF_13;

/**
 * better-sqlite3 in the version for this Node. No version works on all: 13 crashes Node 20 with a segmentation fault,
 * and 12, compiled for Node 24.19 or later, crashes when a statement is garbage-collected (nodejs/node#65446). No
 * other file imports a value from either.
 */
export const Sqlite = require(isOld ? 'better-sqlite3' : 'better-sqlite3-napi') as typeof Database;
