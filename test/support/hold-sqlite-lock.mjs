import Database from 'better-sqlite3';

/* Another process that writes to the same file: holds the write lock for so many milliseconds, and says when it has it. */

const [path, milliseconds] = process.argv.slice(2);
const database = new Database(path, { timeout: 30_000 });
database.exec('BEGIN EXCLUSIVE');
console.log('held');
setTimeout(() => database.exec('ROLLBACK'), Number(milliseconds));
