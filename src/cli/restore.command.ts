import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SystemClock } from '../common/clock.js';
import { commandLine } from '../config/command-line.js';
import { settingsFromProcess } from '../config/environment.js';
import type { Settings } from '../config/settings.js';
import { settingsFor, withApplicationContext } from './application-context.js';
import { backupSummary } from './backup-summary.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { print, printError } from './print.js';

const NOTES = `Checks integrity, foreign keys, log_id, that this Kurs knows every migration, and that the event log has no
gaps. A backup that fails a check is not restored. Stop the service first: a database in use is not replaced.
The replaced database is kept beside the restored one, under a name that is printed. The event log gets a new
log_id: seq repeats, and consumers must start over. For PostgreSQL use pg_restore, then "kurs events:new-log".

Examples:
  kurs restore --check backups/kurs.db         checks, and changes nothing
  kurs restore backups/kurs.db`;

interface Options {
  check?: boolean;
}

export function restoreCommand(): Command {
  return kursCommand({
    name: 'restore',
    description: 'Checks a backup of a SQLite database, and replaces the database with it',
    notes: NOTES,
    run: restore,
  })
    .argument('<file>', 'the backup')
    .option('--check', 'only checks whether the file can be restored');
}

async function restore(path: string, { check = false }: Options): Promise<number> {
  const { checkBackup } = await import('../database/backup-check.js');
  const file = resolve(path);
  const report = checkBackup(file);
  for (const complaint of report.complaints) printError(`${file}: ${complaint}`);
  if (report.complaints.length > 0) return EXIT_FAILURE;
  print(`${file} is valid: ${backupSummary(report)}`);
  if (report.pending.length > 0) {
    print(`It was made by an older Kurs; migrations to run: ${report.pending.join(', ')}`);
  }
  return check ? EXIT_SUCCESS : replaceDatabase(file);
}

async function replaceDatabase(file: string): Promise<number> {
  const { databaseAddress } = await import('../database/database-url.js');
  const { NotSqliteError } = await import('../database/database.errors.js');
  const { SqliteRestore } = await import('../database/sqlite-restore.js');
  const settings = settingsFromProcess();
  const address = databaseAddress(settings.DATABASE_URL);
  if (address.engine !== 'sqlite') throw new NotSqliteError('restore it with pg_restore');
  const draft = SqliteRestore.begin(address.path, file);
  try {
    const log_id = await migrateAndRenewLog(settingsFor(settings, draft.draft));
    const kept = draft.finish(new SystemClock().now(), log_id);
    print(`New log_id: ${log_id}; consumers start over`);
    if (kept.length > 0) print(`The replaced database is kept as ${kept.join(', ')}`);
    print(`${address.path} is restored; start the service with "${commandLine('start')}"`);
    return EXIT_SUCCESS;
  } finally {
    draft.end();
  }
}

/** Returns the new log_id. */
async function migrateAndRenewLog(settings: Settings): Promise<string> {
  const { EventsModule } = await import('../events/events.module.js');
  const { LogIdentity } = await import('../events/log-identity.js');
  let log_id = '';
  await withApplicationContext(
    EventsModule,
    async (context) => {
      log_id = await context.get(LogIdentity, { strict: false }).renew();
      return EXIT_SUCCESS;
    },
    settings,
  );
  return log_id;
}
