import { resolve } from 'node:path';
import { Command, Option } from 'nest-commander';
import { Clock } from '../common/clock.js';
import { UsageError } from './cli.errors.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { inHouse } from './house.js';
import { KursCommand } from './kurs-command.js';
import { isTimeZone } from './original-time.js';
import { Progress } from './progress.js';
import { say, warn } from './say.js';

interface Options {
  table?: string;
  timezone?: string;
}

@Command({
  name: 'import-original',
  arguments: '<file>',
  argsDescription: { file: "the original's SQLite file, such as rates.db; it is only read" },
  description: 'Takes over the rates of the original service (web_api_project) as manual rates',
})
export class ImportOriginalCommand extends KursCommand {
  protected readonly notes = `Every row becomes a manual rate with its created_at, in the order of the file; effective_date is the day
of created_at in Moscow. The original did not keep the nominal: each is 1, so that a value which the bank gave
for 100 yen stays the price of 100 and is called the price of one. The bank's own figures are loaded by
"kurs backfill" and are the default of /v1; these are asked for by source=manual.

The rows are history: none is an event, but the newest of each code where nothing newer is stored, for it
is in force from now on (docs/adr/0011). A row that cannot be taken over is named with its id and the reason.
Running it again imports nothing twice. It works beside a running service.

Examples:
  kurs import-original rates.db
  kurs import-original --table currency_rates --timezone Europe/Moscow rates.db

A time without a zone is UTC, which is what the original stored by datetime.utcnow; --timezone says otherwise.
Exit code 1 when some rows were refused; the others are stored.`;

  @Option({
    flags: '--table <name>',
    description:
      'the table of rates; default: the one with the columns id, code, name, value, created_at',
  })
  table(text: string): string {
    return text;
  }

  @Option({
    flags: '--timezone <zone>',
    description: 'in which times without a zone are meant, such as Europe/Moscow; default UTC',
  })
  timezone(text: string): string {
    if (isTimeZone(text)) return text;
    throw new UsageError(`--timezone is "${text}", which is not a zone such as Europe/Moscow`);
  }

  protected override async execute(
    { table, timezone = 'UTC' }: Options,
    [word = '']: readonly string[],
  ): Promise<number> {
    const { OriginalDatabase } = await import('./original-database.js');
    const { OriginalImport } = await import('./original-import.js');
    const { RatesModule } = await import('../rates/rates.module.js');
    const { ImportedRatesService } = await import('../rates/editing/index.js');
    const file = resolve(word);
    const original = OriginalDatabase.open(file, table);
    try {
      return await inHouse(RatesModule, async (context, stop) => {
        const { count } = original;
        say(`${file}: the table ${original.table} has ${count} rows`);
        const service = context.get(ImportedRatesService, { strict: false });
        const now = context.get(Clock, { strict: false }).now();
        const progress = new Progress(process.stderr);
        const run = new OriginalImport(original, service, { zone: timezone, now });
        const onStep = (done: number, day: string) => {
          if (process.stderr.isTTY) progress.show({ done, total: count, what: day }, '');
        };
        const { refused, ...totals } = await run.run(stop, onStep).finally(() => progress.end());
        for (const { row, reason } of refused) warn(`Row ${row} is refused: ${reason}`);
        const { added, known, announced } = totals;
        say(
          `${added} imported as manual rates with nominal 1, ${known} known already, ${refused.length} refused`,
        );
        if (announced > 0) say(`${announced} of them are in force now, and were announced`);
        return refused.length > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
      });
    } finally {
      original.close();
    }
  }
}
