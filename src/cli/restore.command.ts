import { resolve } from 'node:path';
import { Command, Option } from 'nest-commander';
import { SystemClock } from '../common/clock.js';
import { settingsFromProcess } from '../config/environment.js';
import { backupStory } from './backup-story.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { inHouse, settingsFor } from './house.js';
import { KursCommand } from './kurs-command.js';
import { say, warn } from './say.js';

interface Options {
  check?: boolean;
}

@Command({
  name: 'restore',
  arguments: '<file>',
  argsDescription: { file: 'a backup' },
  description: 'Checks a backup of a SQLite database, and puts it in the place of the database',
})
export class RestoreCommand extends KursCommand {
  protected readonly notes = `Checked are: integrity and foreign keys, migrations known to this Kurs, an event log without gaps, log_id.
A backup that fails is not restored. Stop the service first: a database in use is refused. The database that
was there is kept beside it, under a name that is said. The event log gets a new log_id, so that consumers
know that seq counts anew. For PostgreSQL use pg_restore, then "kurs events:new-log".

Examples:
  kurs restore --check backups/kurs.db         looks, and changes nothing
  kurs restore backups/kurs.db`;

  @Option({
    flags: '--check',
    description: 'says whether the file could be restored, and stops there',
  })
  check(): boolean {
    return true;
  }

  protected override async execute(
    { check = false }: Options,
    [word = '']: readonly string[],
  ): Promise<number> {
    const { checkBackup } = await import('../database/backup-check.js');
    const file = resolve(word);
    const report = checkBackup(file);
    for (const complaint of report.complaints) warn(`${file}: ${complaint}`);
    if (report.complaints.length > 0) return EXIT_FAILURE;
    say(`${file} is whole: ${backupStory(report)}`);
    if (report.pending.length > 0) {
      say(`It is of an older Kurs: ${report.pending.join(', ')} will be applied`);
    }
    return check ? EXIT_SUCCESS : putInPlace(file);
  }
}

async function putInPlace(file: string): Promise<number> {
  const { databaseAddress } = await import('../database/database-url.js');
  const { NotSqliteError } = await import('../database/database.errors.js');
  const { SqliteRestore } = await import('../database/sqlite-restore.js');
  const settings = settingsFromProcess();
  const address = databaseAddress(settings.DATABASE_URL);
  if (address.engine !== 'sqlite') throw new NotSqliteError('restore it with pg_restore');
  const restore = SqliteRestore.begin(address.path, file);
  try {
    const log = await renewLog(settingsFor(settings, restore.draft));
    const kept = restore.finish(new SystemClock().now(), log);
    say(`The log is ${log} from now on: consumers start anew`);
    if (kept.length > 0) say(`What was there is now ${kept.join(', ')}`);
    say(`${address.path} is restored; "kurs start" goes on from it`);
    return EXIT_SUCCESS;
  } finally {
    restore.end();
  }
}

/** Migrates the database as well; returns the log's new name. */
async function renewLog(settings: ReturnType<typeof settingsFor>): Promise<string> {
  const { EventsModule } = await import('../events/events.module.js');
  const { LogIdentity } = await import('../events/log-identity.js');
  let log = '';
  await inHouse(
    EventsModule,
    async (context) => {
      log = await context.get(LogIdentity, { strict: false }).renew();
      return EXIT_SUCCESS;
    },
    settings,
  );
  return log;
}
