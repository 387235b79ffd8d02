import { Backfill } from '../tasks/backfill.js';
import type { BackfillRequest } from '../tasks/backfill-plan.js';
import type { BackfillReport } from '../tasks/backfill-report.js';
import { FetchRun, nothingFetched } from '../tasks/fetch-run.js';
import { HistoryModule } from '../tasks/history.module.js';
import { BACKFILL_USAGE, backfillArguments } from './backfill-arguments.js';
import { EXIT_FAILURE, inHouse, runCommand, say } from './command.js';
import { Progress } from './progress.js';

await runCommand(BACKFILL_USAGE, (words) => backfill(backfillArguments(words)));

function backfill(request: BackfillRequest): Promise<number> {
  return inHouse(HistoryModule, async (context, stop) => {
    const progress = new Progress(process.stdout);
    try {
      const totals = nothingFetched();
      const newest = await context
        .get(FetchRun, { strict: false })
        .run(totals, { stop, isForced: true });
      say(`The newest sheet is of ${newest.effective_date}; ${totals.saved} of its rates were new`);
      const run = context.get(Backfill, { strict: false });
      const report = await run.run(request, newest, progress.show.bind(progress), stop);
      progress.end();
      return tell(report);
    } finally {
      progress.end();
    }
  });
}

function tell({ range, missing, differences, ...totals }: BackfillReport): number {
  const { added, corrected, unchanged } = totals;
  say(
    `${range.from} to ${range.to}: ${added} fixings added, ${corrected} corrected, ${unchanged} known already`,
  );
  for (const difference of differences) say(`The bank contradicts itself: ${difference}`);
  for (const { code, cbr_id, reason } of missing) {
    process.stderr.write(`Missing: ${code} (${cbr_id}): ${reason}\n`);
  }
  return missing.length > 0 ? EXIT_FAILURE : 0;
}
