import { renameSync, rmSync } from 'node:fs';
import { checkBackup } from './backup-check.js';
import { giveTo } from './file-owner.js';
import { copyDatabase } from './sqlite-backup.js';
import { syncToDisk } from './synced-files.js';

/** File operations of a restore, in this order; a test makes each of them fail or end the process. */
export const restoreFiles = {
  copy: copyDatabase,
  giveTo,
  rename: (from: string, to: string) => renameSync(from, to),
  syncToDisk,
  check: checkBackup,
  remove: (path: string) => rmSync(path, { force: true }),
};

export type RestoreFiles = typeof restoreFiles;
