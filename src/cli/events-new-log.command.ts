import type { Command } from 'commander';
import { withExistingDatabase } from './application-context.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { print } from './print.js';

const NOTES = `After a backup was restored, seq repeats numbers that consumers have seen with other events; a new log_id
tells them to start over. "kurs restore" renews it, and so does the service when the stream shows that the
database was restored.

Example:
  kurs events:new-log`;

export function eventsNewLogCommand(): Command {
  return kursCommand({
    name: 'events:new-log',
    description: 'Renews the log_id of the event log, after a database was restored by other means',
    notes: NOTES,
    run: renewLog,
  });
}

async function renewLog(): Promise<number> {
  const { EventsModule } = await import('../events/events.module.js');
  const { LogIdentity } = await import('../events/log-identity.js');
  return withExistingDatabase(EventsModule, 'any version', async (context) => {
    const log_id = await context.get(LogIdentity, { strict: false }).renew();
    print(`New log_id: ${log_id}`);
    return EXIT_SUCCESS;
  });
}
