import { Command } from 'nest-commander';
import { EXIT_SUCCESS } from './exit-codes.js';
import { inHouse } from './house.js';
import { KursCommand } from './kurs-command.js';
import { say, warn } from './say.js';

@Command({
  name: 'fetch',
  description: 'Asks the bank now and stores what is new, beside a running service or without one',
})
export class FetchCommand extends KursCommand {
  protected readonly notes = `The same as one run of the service: days missed since the newest sheet, up to 31, come first, and what is
new is announced. It shows in GET /v1/status as the last run. Where a service runs, POST /tasks/run asks it
to do the same.

Example:
  kurs fetch`;

  protected override async execute(): Promise<number> {
    const { HistoryModule } = await import('../tasks/history.module.js');
    const { CommandFetch } = await import('../tasks/command-fetch.js');
    return inHouse(HistoryModule, async (context, stop) => {
      const { newest, totals } = await context.get(CommandFetch, { strict: false }).run(stop);
      const { saved, unchanged, quarantined, remarks } = totals;
      say(
        `The newest sheet is of ${newest.effective_date}: ${saved} saved, ${unchanged} unchanged`,
      );
      for (const remark of remarks) warn(remark);
      if (quarantined > 0) warn(`${quarantined} are held and wait in /v1/quarantine`);
      return EXIT_SUCCESS;
    });
  }
}
