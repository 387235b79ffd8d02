import { Command } from 'nest-commander';
import { EXIT_SUCCESS } from './exit-codes.js';
import { KursCommand } from './kurs-command.js';

@Command({
  name: 'start',
  description: 'Starts the service, as "npm start" does; it runs until SIGTERM or Ctrl-C',
})
export class StartCommand extends KursCommand {
  protected readonly notes = `The database is made if there is none, the newest sheet is fetched at once and then every CBR_POLL_SECONDS.

Examples:
  kurs start
  PORT=8080 DATABASE_URL=postgres://kurs:secret@db/kurs kurs start`;

  protected override async execute(): Promise<number> {
    // It goes on when this returns, and ends the process by itself.
    await import('../main.js');
    return EXIT_SUCCESS;
  }
}
