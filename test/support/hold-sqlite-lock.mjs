import { Sqlite } from '../../dist/database/sqlite.js';

/* Another process that writes to the same file: holds the write lock for so many milliseconds, and says when it has it. */

const [path, milliseconds] = process.argv.slice(2);
const database = new Sqlite(path, { timeout: 30_000 });
database.exec('BEGIN EXCLUSIVE');
console.log('held');
setTimeout(() => database.exec('ROLLBACK'), Number(milliseconds));
