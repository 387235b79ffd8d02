import type { Command } from 'commander';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import { KursError } from '../common/kurs.error.js';
import { settingsFromProcess } from '../config/environment.js';
import type { SheetVerification } from '../tasks/sheet-verification.js';
import { settingsAgainst, withApplicationContext } from './application-context.js';
import { EXIT_FAILURE, EXIT_NOT_COMPARED, EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { dateFrom, requireOrder, urlFrom } from './option-values.js';
import { print, printError } from './print.js';
import { Progress } from './progress.js';

const NOTES = `Requests the sheets of the days from any server of the bank's XML, one request each, at the pace of
CBR_REQUESTS_PER_SECOND, and prints each difference in date, nominal or value on a line. Nothing is changed. Rates
set monthly before 2010 are in no sheet, and are not compared.
Exit code 0 if all is the same, 1 if there are differences or days that are not loaded, and 2 if it could not be
compared.

Examples:
  kurs verify --against https://www.cbr.ru --from 2026-04-01
  kurs verify --against http://rates.example.com:3000`;

interface Options {
  against: string;
  from?: CalendarDate;
  to?: CalendarDate;
}

export function verifyCommand(): Command {
  return kursCommand({
    name: 'verify',
    description: 'Compares stored rates with the bank or another Kurs, day by day',
    notes: NOTES,
    run: verify,
  })
    .requiredOption('--against <address>', 'server to compare with, as CBR_BASE_URL', urlFrom)
    .option('--from <date>', 'first day; default the first stored', dateFrom)
    .option('--to <date>', 'last day; default the newest', dateFrom);
}

async function verify({ against, from, to }: Options): Promise<number> {
  requireOrder(from, to);
  const { requireDatabase } = await import('../database/required-database.js');
  const { HistoryModule } = await import('../tasks/history.module.js');
  const { SheetVerification: Verification } = await import('../tasks/sheet-verification.js');
  const { RateBooks } = await import('../rates/book/index.js');
  const settings = settingsAgainst(settingsFromProcess(), against);
  await requireDatabase(settings, 'this version');
  return withApplicationContext(
    HistoryModule,
    async (context, stop) => {
      await context.get(RateBooks, { strict: false }).loaded();
      const verification = context.get(Verification, { strict: false });
      const { days } = verification;
      if (!days) {
        printError('No rate of the bank is stored');
        return EXIT_NOT_COMPARED;
      }
      const range = { from: from ?? days.from, to: to ?? days.to };
      try {
        return await compare(verification, range, stop);
      } catch (thrown) {
        if (!(thrown instanceof KursError)) throw thrown;
        printError(`${thrown.message} (${thrown.code})`);
        return EXIT_NOT_COMPARED;
      }
    },
    settings,
  );
}

async function compare(
  verification: SheetVerification,
  range: DateRange,
  stop: AbortSignal,
): Promise<number> {
  const progress = new Progress(process.stderr);
  let [sheets, found] = [0, 0];
  try {
    for await (const { date, differences, done, total } of verification.run(range, stop)) {
      if (date !== null) sheets += 1;
      found += differences.length;
      for (const difference of differences) print(difference);
      // A bar would break lines that go to the same terminal.
      if (process.stderr.isTTY && !process.stdout.isTTY) {
        progress.show({ done, total, what: date ?? range.from }, `differences: ${found}`);
      }
    }
  } finally {
    progress.end();
  }
  printError(`${range.from} to ${range.to}: sheets compared: ${sheets}, differences: ${found}`);
  return found > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
