import { resolve } from 'node:path';
import type { Command } from 'commander';
import { settingsFromProcess } from '../config/environment.js';
import { backupSummary } from './backup-summary.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { print } from './print.js';

const NOTES = `The copy is one consistent file; writers do not wait for it. It gets its name when it is complete, and a
failed backup leaves nothing behind. For PostgreSQL use pg_dump.

Examples:
  kurs backup backups/kurs-$(date +%F).db
  kurs backup --force /var/backups/kurs.db        replaces the previous one`;

interface Options {
  force?: boolean;
}

export function backupCommand(): Command {
  return kursCommand({
    name: 'backup',
    description: 'Copies the SQLite database while the service runs, and checks the copy',
    notes: NOTES,
    run: backup,
  })
    .argument('<file>', 'path of the copy; missing folders are created')
    .option('--force', 'replaces an existing file; without it, the command fails');
}

async function backup(path: string, { force = false }: Options): Promise<number> {
  const { databaseAddress } = await import('../database/database-url.js');
  const { NotSqliteError } = await import('../database/database.errors.js');
  const { backUp } = await import('../database/sqlite-backup.js');
  const address = databaseAddress(settingsFromProcess().DATABASE_URL);
  if (address.engine !== 'sqlite') {
    throw new NotSqliteError('back it up with pg_dump --format=custom');
  }
  const file = resolve(path);
  const report = await backUp(address.path, file, { force });
  print(`${file}: ${backupSummary(report)}`);
  return EXIT_SUCCESS;
}
