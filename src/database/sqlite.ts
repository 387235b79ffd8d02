import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

/** The first Node-API that better-sqlite3 13 runs on: that of Node 22.14. Node 20 ends with 9. */
const NODE_API_OF_13 = 10;

const require = createRequire(import.meta.url);
const isOld = Number(process.versions.napi) < NODE_API_OF_13;

/**
 * better-sqlite3 in the version for this Node. One for all does not exist: 13 ends Node 20 with a segmentation
 * fault, and 12, compiled for Node 24.19 or later, ends it when a statement is collected as garbage
 * (nodejs/node#65446). Nobody else imports a value from either of them.
 */
export const Sqlite = require(isOld ? 'better-sqlite3' : 'better-sqlite3-napi') as typeof Database;
