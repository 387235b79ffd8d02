import { InjectCommander } from 'nest-commander';
import { Injectable } from '@nestjs/common';
import { EXIT_CODES_HELP } from './exit-codes.js';
import type { CommanderCommand } from './kurs-command.js';

const DESCRIPTION =
  'Official exchange rates of the Bank of Russia: stored exactly as published, served over REST, pushed over WebSocket and NATS.';

const NOTES = `
Settings come from the environment or from .env in the working directory, which loses; README.md describes
them. Without any, the database is data/kurs.db in the working directory and the service answers on
http://127.0.0.1:3000.

Examples:
  kurs start                                   the service, until SIGTERM or Ctrl-C
  kurs doctor                                  what is wrong here, and what to do about it
  kurs status                                  what the running service is doing
  kurs backfill --from 1992-07-01              loads the whole history
  kurs export --format csv --out rates.csv     everything that is stored
  kurs backup backups/kurs.db                  a copy, while the service runs

kurs <command> --help tells more about each.
${EXIT_CODES_HELP}`;

/** `kurs` itself, without a command. */
@Injectable()
export class Program {
  constructor(@InjectCommander() readonly commander: CommanderCommand) {
    commander
      .name('kurs')
      .description(DESCRIPTION)
      .showHelpAfterError()
      .addHelpCommand(false)
      .addHelpText('after', NOTES);
  }
}
