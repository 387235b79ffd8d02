import { resolve } from 'node:path';
import { Command, Option } from 'nest-commander';
import { settingsFromProcess } from '../config/environment.js';
import { backupStory } from './backup-story.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { KursCommand } from './kurs-command.js';
import { say } from './say.js';

interface Options {
  force?: boolean;
}

@Command({
  name: 'backup',
  arguments: '<file>',
  argsDescription: { file: 'where the copy goes; folders are made' },
  description: 'Copies the SQLite database to a file while the service runs, and checks the copy',
})
export class BackupCommand extends KursCommand {
  protected readonly notes = `The copy is one file, as the database stood at one moment; writers do not wait for it. It is written beside
its place and gets its name when it is whole. Nothing is left when it fails. For PostgreSQL use pg_dump.

Examples:
  kurs backup backups/kurs-$(date +%F).db
  kurs backup --force /var/backups/kurs.db        replaces the one before`;

  @Option({ flags: '--force', description: 'replaces the file if it exists; default: refuses' })
  force(): boolean {
    return true;
  }

  protected override async execute(
    { force = false }: Options,
    [word = '']: readonly string[],
  ): Promise<number> {
    const { databaseAddress } = await import('../database/database-url.js');
    const { NotSqliteError } = await import('../database/database.errors.js');
    const { backUp } = await import('../database/sqlite-backup.js');
    const address = databaseAddress(settingsFromProcess().DATABASE_URL);
    if (address.engine !== 'sqlite') {
      throw new NotSqliteError('back it up with pg_dump --format=custom');
    }
    const file = resolve(word);
    const report = await backUp(address.path, file, { force });
    say(`${file}: ${backupStory(report)}`);
    return EXIT_SUCCESS;
  }
}
