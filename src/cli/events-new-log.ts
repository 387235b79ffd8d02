import { EventsModule } from '../events/events.module.js';
import { LogIdentity } from '../events/log-identity.js';
import { inHouse, runCommand, say } from './command.js';
import { optionsIn } from './words.js';

const USAGE = `Gives the event log a new name. Run it after restoring a backup of the database: seq will repeat
numbers that consumers have seen with other events, and by the name they know that they must start anew.
Where the stream shows that the database was set back, the service does it by itself.

  npm run events:new-log`;

await runCommand(USAGE, (words) => {
  optionsIn(words, {});
  return inHouse(EventsModule, async (context) => {
    say(`The log is ${await context.get(LogIdentity, { strict: false }).renew()} from now on`);
    return 0;
  });
});
