import { Command } from 'commander';
import { VERSION } from '../config/version.js';
import { backfillCommand } from './backfill.command.js';
import { backupCommand } from './backup.command.js';
import { doctorCommand } from './doctor.command.js';
import { documentsCommand } from './documents.command.js';
import { eventsNewLogCommand } from './events-new-log.command.js';
import { eventsRepublishCommand } from './events-republish.command.js';
import { EXIT_CODES_HELP } from './exit-codes.js';
import { exportCommand } from './export.command.js';
import { fetchCommand } from './fetch.command.js';
import { importOriginalCommand } from './import-original/index.js';
import { keysCreateCommand } from './keys-create.command.js';
import { restoreCommand } from './restore.command.js';
import { startCommand } from './start.command.js';
import { statusCommand } from './status.command.js';
import { verifyCommand } from './verify.command.js';

const DESCRIPTION =
  'Official exchange rates of the Bank of Russia: stored exactly as published, served over REST, pushed over WebSocket and NATS.';

const NOTES = `
Settings come from the environment and from .env in the working directory; the environment wins.
docs/reference/settings.md describes them. By default the database is data/kurs.db in the working directory,
and the service listens on http://127.0.0.1:3000.

Examples:
  kurs start                                   runs the service until SIGTERM or Ctrl-C
  kurs doctor                                  finds problems and suggests fixes
  kurs status                                  shows what the running service is doing
  kurs backfill --from 1992-07-01              loads the whole history
  kurs export --format csv --out rates.csv     exports all stored rates
  kurs backup backups/kurs.db                  copies the database while the service runs

"kurs <command> --help" describes a command. In a clone "npm run kurs -- <command>" stands for "kurs <command>".
${EXIT_CODES_HELP}`;

/** `kurs` with its commands, in the order of the help. */
export function program(): Command {
  const kurs = new Command('kurs')
    .description(DESCRIPTION)
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError()
    .helpCommand(false)
    .addHelpText('after', NOTES);
  const commands = [
    ...[startCommand(), statusCommand(), doctorCommand()],
    ...[fetchCommand(), backfillCommand(), verifyCommand(), exportCommand()],
    ...[backupCommand(), restoreCommand(), importOriginalCommand()],
    ...[eventsRepublishCommand(), eventsNewLogCommand()],
    ...[keysCreateCommand(), documentsCommand()],
  ];
  for (const command of commands) kurs.addCommand(command);
  return kurs;
}
