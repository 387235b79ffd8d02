import type { Command } from 'commander';
import type { CalendarDate } from '../common/calendar-date.js';
import type { Backfill } from '../tasks/backfill.js';
import type { BackfillReport, BackfillStep } from '../tasks/backfill-report.js';
import { withApplicationContext } from './application-context.js';
import { UsageError } from './cli.errors.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { codesFrom, dateFrom, requireOrder } from './option-values.js';
import { print, printError } from './print.js';
import { Progress } from './progress.js';

const NOTES = `Stored rates stay; a rate that the bank has changed becomes a correction, with its event. An interrupted
command resumes when it is run again within six hours with the same dates and codes.
With --sheets every day is requested separately, about half an hour for all days since 1992. Past days then
have their own documents, order and names (/v1/sheets); the rates are the same.

Examples:
  kurs backfill --from 1992-07-01
  kurs backfill --from 2014-01-01 --to 2015-12-31 --codes USD,EUR
  kurs backfill --sheets --from 1992-07-01`;

interface Options {
  from?: CalendarDate;
  to?: CalendarDate;
  codes?: string[];
  sheets?: boolean;
}

/** What loading series and loading sheets have in common. */
type Loader = Pick<Backfill, 'run'>;

export function backfillCommand(): Command {
  return kursCommand({
    name: 'backfill',
    description: "Loads the bank's history, with or without a running service",
    notes: NOTES,
    run: backfill,
  })
    .option(
      '--from <date>',
      "first day; the bank's rates begin on 1992-07-01, the default with --sheets",
      dateFrom,
    )
    .option(
      '--to <date>',
      'last day; default and maximum the day before the newest sheet',
      dateFrom,
    )
    .option('--codes <codes>', 'letter codes separated by commas; default all', codesFrom)
    .option('--sheets', 'loads daily sheets, one request each, instead of a series per currency');
}

async function backfill({ from, to, codes, sheets = false }: Options): Promise<number> {
  if (from === undefined && !sheets) throw new UsageError('--from is required without --sheets');
  if (codes && sheets) throw new UsageError('--codes cannot be used with --sheets');
  requireOrder(from, to);
  const { FIRST_SHEET_DATE } = await import('../rates/model/index.js');
  const { HistoryModule } = await import('../tasks/history.module.js');
  const { CommandFetch } = await import('../tasks/command-fetch.js');
  const { Backfill: SeriesBackfill } = await import('../tasks/backfill.js');
  const { SheetBackfill } = await import('../tasks/sheet-backfill.js');
  const request = { from: from ?? FIRST_SHEET_DATE, to, codes };
  return withApplicationContext(HistoryModule, async (context, stop) => {
    const progress = new Progress(process.stdout);
    try {
      const fetch = context.get(CommandFetch, { strict: false });
      const { newest, totals } = await fetch.run(stop);
      print(`Newest sheet: ${newest.effective_date}; ${totals.saved} new rates`);
      const loader = context.get<Loader>(sheets ? SheetBackfill : SeriesBackfill, {
        strict: false,
      });
      const onStep = ({ done, total, code, added, corrected }: BackfillStep) => {
        if (sheets && !progress.isDue(done)) return;
        const corrections = corrected > 0 ? `, ${corrected} corrected` : '';
        progress.show({ done, total, what: code }, `${added} rates added${corrections}`);
      };
      const report = await loader.run(request, newest, onStep, stop);
      progress.end();
      return printReport(report, sheets ? 'days' : 'currencies');
    } finally {
      progress.end();
    }
  });
}

/** Returns the exit code. */
function printReport(report: BackfillReport, unit: string): number {
  const { range, added, corrected, unchanged, resumed, missing, differences } = report;
  print(
    `${range.from} to ${range.to}: ${added} rates added, ${corrected} corrected, ${unchanged} unchanged`,
  );
  if (resumed > 0) print(`${resumed} ${unit} were loaded by an interrupted run`);
  for (const difference of differences) print(`The bank contradicts itself: ${difference}`);
  for (const { code, cbr_id, reason } of missing) {
    printError(`Missing: ${code} (${cbr_id}): ${reason}`);
  }
  return missing.length > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
