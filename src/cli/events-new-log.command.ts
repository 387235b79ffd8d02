import { Command } from 'nest-commander';
import { EXIT_SUCCESS } from './exit-codes.js';
import { inExistingHouse } from './house.js';
import { KursCommand } from './kurs-command.js';
import { say } from './say.js';

@Command({
  name: 'events:new-log',
  description: 'Gives the event log a new name, after a database was set back by hand',
})
export class EventsNewLogCommand extends KursCommand {
  protected readonly notes = `After a backup was put back, seq repeats numbers that consumers have seen with other events, and by the
name they know that they must start anew. "kurs restore" does it by itself, and so does the service where
the stream shows that the database was set back.

Example:
  kurs events:new-log`;

  protected override async execute(): Promise<number> {
    const { EventsModule } = await import('../events/events.module.js');
    const { LogIdentity } = await import('../events/log-identity.js');
    return inExistingHouse(EventsModule, 'any version', async (context) => {
      say(`The log is ${await context.get(LogIdentity, { strict: false }).renew()} from now on`);
      return EXIT_SUCCESS;
    });
  }
}
