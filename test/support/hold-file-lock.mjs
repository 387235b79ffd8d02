import { FileLock } from '../../dist/database/file-lock.js';

/* Process that holds a lock until it is killed; prints whether it has it. */

const [path, mode] = process.argv.slice(2);
const lock = FileLock.acquire(path, mode);
console.log(lock === undefined ? 'refused' : 'held');
setInterval(() => lock, 60_000);
