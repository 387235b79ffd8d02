import { Sqlite } from '../../dist/database/sqlite.js';

/* Process that holds the write lock of a file for some milliseconds; prints when it has it. */

const [path, milliseconds] = process.argv.slice(2);
const database = new Sqlite(path, { timeout: 30_000 });
database.exec('BEGIN EXCLUSIVE');
console.log('held');
setTimeout(() => database.exec('ROLLBACK'), Number(milliseconds));
