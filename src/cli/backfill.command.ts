import { Command, Option } from 'nest-commander';
import type { CalendarDate } from '../common/calendar-date.js';
import { FIRST_SHEET_DATE } from '../rates/model/index.js';
import type { Backfill } from '../tasks/backfill.js';
import type { BackfillRequest } from '../tasks/backfill-plan.js';
import type { BackfillReport, BackfillStep } from '../tasks/backfill-report.js';
import { UsageError } from './cli.errors.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { inHouse } from './house.js';
import { KursCommand } from './kurs-command.js';
import { Progress } from './progress.js';
import { say, warn } from './say.js';
import { codesIn, dayIn, needed, refuseBackwards } from './words.js';

type Options = Partial<BackfillRequest> & { sheets?: boolean };
/** What both ways of loading have in common. */
type Loader = Pick<Backfill, 'run'>;

@Command({
  name: 'backfill',
  description:
    "Loads the bank's history into the database, beside a running service or without one",
})
export class BackfillCommand extends KursCommand {
  protected readonly notes = `What is stored already stays; a fixing that the bank has changed becomes a correction, with its event.
A command that was interrupted goes on where it stopped when it is started again within six hours, with the
same days and codes.
With --sheets every day is asked for by itself, about half an hour for all days since 1992: then old days have
their own documents, order and names (/v1/sheets), and currencies that stand in no series.

Examples:
  kurs backfill --from 1992-07-01
  kurs backfill --from 2014-01-01 --to 2015-12-31 --codes USD,EUR
  kurs backfill --sheets --from 1992-07-01`;

  @Option({
    flags: '--from <day>',
    description:
      "first day, YYYY-MM-DD; the bank's rates begin on 1992-07-01, which is the default with --sheets",
  })
  from(text: string): CalendarDate {
    return dayIn('--from', text);
  }

  @Option({
    flags: '--to <day>',
    description: 'last day; default, and at most, the day before the newest sheet',
  })
  to(text: string): CalendarDate {
    return dayIn('--to', text);
  }

  @Option({
    flags: '--codes <codes>',
    description: 'letter codes separated by commas; default every currency that the bank knows',
  })
  codes(text: string): string[] {
    return codesIn('--codes', text);
  }

  @Option({
    flags: '--sheets',
    description:
      'loads the daily sheets, one question for each, instead of a series for each currency',
  })
  sheets(): boolean {
    return true;
  }

  protected override async execute({ sheets = false, ...given }: Options): Promise<number> {
    const { from, to, codes } = given;
    const first = from ?? (sheets ? FIRST_SHEET_DATE : undefined);
    const request = { from: needed('--from', first), to, codes };
    refuseBackwards(from, to);
    if (sheets && codes)
      throw new UsageError('--sheets loads every currency: --codes does not go with it');
    const { HistoryModule } = await import('../tasks/history.module.js');
    const { CommandFetch } = await import('../tasks/command-fetch.js');
    const { Backfill: SeriesBackfill } = await import('../tasks/backfill.js');
    const { SheetBackfill } = await import('../tasks/sheet-backfill.js');
    return inHouse(HistoryModule, async (context, stop) => {
      const progress = new Progress(process.stdout);
      try {
        const fetch = context.get(CommandFetch, { strict: false });
        const { newest, totals } = await fetch.run(stop);
        say(
          `The newest sheet is of ${newest.effective_date}; ${totals.saved} of its rates were new`,
        );
        const run = context.get<Loader>(sheets ? SheetBackfill : SeriesBackfill, { strict: false });
        const onStep = ({ done, total, code, added, corrected }: BackfillStep) => {
          if (sheets && !progress.isDue(done)) return;
          const corrections = corrected > 0 ? `, ${corrected} corrected` : '';
          progress.show({ done, total, what: code }, `${added} fixings added${corrections}`);
        };
        const report = await run.run(request, newest, onStep, stop);
        progress.end();
        return tell(report, sheets ? 'days' : 'currencies');
      } finally {
        progress.end();
      }
    });
  }
}

function tell(
  { range, resumed, missing, differences, ...totals }: BackfillReport,
  what: string,
): number {
  const { added, corrected, unchanged } = totals;
  say(
    `${range.from} to ${range.to}: ${added} fixings added, ${corrected} corrected, ${unchanged} known already`,
  );
  if (resumed > 0) {
    say(`${resumed} ${what} were loaded by an interrupted run and not asked about again`);
  }
  for (const difference of differences) say(`The bank contradicts itself: ${difference}`);
  for (const { code, cbr_id, reason } of missing) warn(`Missing: ${code} (${cbr_id}): ${reason}`);
  return missing.length > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
