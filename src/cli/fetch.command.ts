import type { Command } from 'commander';
import { withApplicationContext } from './application-context.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { print, printError } from './print.js';

const NOTES = `Does what one run of the service does: fetches the days missed since the newest sheet, up to 31, then the
newest sheet, and publishes events for new rates. GET /v1/status shows it as the last run. Where a service
runs, POST /tasks/run starts the same there.

Example:
  kurs fetch`;

export function fetchCommand(): Command {
  return kursCommand({
    name: 'fetch',
    description: 'Fetches and stores new rates now, with or without a running service',
    notes: NOTES,
    run: fetchRates,
  });
}

async function fetchRates(): Promise<number> {
  const { HistoryModule } = await import('../tasks/history.module.js');
  const { CommandFetch } = await import('../tasks/command-fetch.js');
  return withApplicationContext(HistoryModule, async (context, stop) => {
    const { newest, totals } = await context.get(CommandFetch, { strict: false }).run(stop);
    const { saved, unchanged, quarantined, remarks } = totals;
    print(`Newest sheet: ${newest.effective_date}; ${saved} saved, ${unchanged} unchanged`);
    for (const remark of remarks) printError(remark);
    if (quarantined > 0) printError(`${quarantined} quarantined; see /v1/quarantine`);
    return EXIT_SUCCESS;
  });
}
