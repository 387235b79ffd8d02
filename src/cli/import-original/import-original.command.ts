import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { Clock } from '../../common/clock.js';
import { withApplicationContext } from '../application-context.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from '../exit-codes.js';
import { kursCommand } from '../kurs-command.js';
import { print, printError } from '../print.js';
import { Progress } from '../progress.js';
import { isTimeZone } from './original-time.js';

const NOTES = `Each row becomes a manual rate with its created_at, in the order of the file; effective_date is the Moscow
date of created_at. The original did not store the nominal, so it is 1: a value that the bank quoted for 100
yen becomes the price of one yen. Load the bank's own rates with "kurs backfill": they are the default of /v1;
source=manual selects the imported ones.

Imported rates are history and make no events, except the newest rate of each code if nothing newer is stored:
it is now in force (docs/adr/0011). Rows that cannot be imported are listed with their id and the reason.
Repeated imports add nothing twice. A service may be running.

Examples:
  kurs import-original rates.db
  kurs import-original --table currency_rates --timezone Europe/Moscow rates.db

A time without a zone is UTC, as datetime.utcnow of the original stored it; --timezone sets another zone.
Exit code 1 when rows were rejected; the others are stored.`;

interface Options {
  table?: string;
  timezone: string;
}

export function importOriginalCommand(): Command {
  return kursCommand({
    name: 'import-original',
    description: 'Imports the rates of the original service (web_api_project) as manual rates',
    notes: NOTES,
    run: importOriginal,
  })
    .argument('<file>', 'the SQLite file of the original, such as rates.db; it is not changed')
    .option(
      '--table <name>',
      'table of the rates; default the one with columns id, code, name, value, created_at',
    )
    .option(
      '--timezone <zone>',
      'zone of times without one, such as Europe/Moscow',
      timeZoneFrom,
      'UTC',
    );
}

async function importOriginal(path: string, { table, timezone }: Options): Promise<number> {
  const { OriginalDatabase } = await import('./original-database.js');
  const { OriginalImport } = await import('./original-import.js');
  const { RatesModule } = await import('../../rates/rates.module.js');
  const { ImportedRatesService } = await import('../../rates/editing/index.js');
  const file = resolve(path);
  const original = OriginalDatabase.open(file, table);
  try {
    return await withApplicationContext(RatesModule, async (context, stop) => {
      const { count } = original;
      print(`${file}: table ${original.table}, ${count} rows`);
      const service = context.get(ImportedRatesService, { strict: false });
      const now = context.get(Clock, { strict: false }).now();
      const progress = new Progress(process.stderr);
      const run = new OriginalImport(original, service, { zone: timezone, now });
      const onStep = (done: number, day: string) => {
        if (process.stderr.isTTY) progress.show({ done, total: count, what: day }, '');
      };
      const { rejected, ...totals } = await run.run(stop, onStep).finally(() => progress.end());
      for (const { row, reason } of rejected) printError(`Row ${row} rejected: ${reason}`);
      const { added, known, announced } = totals;
      print(
        `${added} imported as manual rates with nominal 1, ${known} already stored, ${rejected.length} rejected`,
      );
      if (announced > 0) print(`${announced} of them are now in force and were published`);
      return rejected.length > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    });
  } finally {
    original.close();
  }
}

/** @throws InvalidArgumentError */
function timeZoneFrom(text: string): string {
  if (isTimeZone(text)) return text;
  throw new InvalidArgumentError('Expected a time zone such as Europe/Moscow.');
}
