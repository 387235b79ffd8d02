import type { Command } from 'commander';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';

const NOTES = `The database is created if there is none. The newest sheet is fetched at the start, then every
CBR_POLL_SECONDS.

Examples:
  kurs start
  PORT=8080 DATABASE_URL=postgres://kurs:secret@db/kurs kurs start`;

export function startCommand(): Command {
  return kursCommand({
    name: 'start',
    description: 'Starts the service, as "npm start" does; it runs until SIGTERM or Ctrl-C',
    notes: NOTES,
    run: start,
  });
}

async function start(): Promise<number> {
  // The service keeps the process alive and ends it.
  await import('../main.js');
  return EXIT_SUCCESS;
}
