import { restoreFiles } from '../../dist/database/restore-files.js';
import { Sqlite } from '../../dist/database/sqlite.js';
import { SqliteRestore } from '../../dist/database/sqlite-restore.js';

/* Restore that is killed before the given step; exits normally if there is no such step. */

const [path, backup, step] = process.argv.slice(2);
let taken = 0;
const dyingAt =
  (name) =>
  (...words) => {
    taken += 1;
    if (taken === Number(step)) process.kill(process.pid, 'SIGKILL');
    return restoreFiles[name](...words);
  };
const files = Object.fromEntries(Object.keys(restoreFiles).map((name) => [name, dyingAt(name)]));

const restore = SqliteRestore.begin(path, backup, files);
const draft = new Sqlite(restore.draft);
draft.exec("UPDATE store SET log_id = '11111111-1111-4111-8111-111111111111'");
draft.close();
restore.finish(new Date(), '11111111-1111-4111-8111-111111111111');
restore.end();
console.log(`took ${taken} steps`);
