import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type CalendarDate, daysBetween } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import type { Format } from '../common/row-writer.js';
import type { SourceChoice } from '../rates/model/index.js';
import { withExistingDatabase } from './application-context.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { codesFrom, dateFrom, requireOrder } from './option-values.js';
import { printError } from './print.js';
import { Progress } from './progress.js';

const FORMATS = ['csv', 'ndjson', 'json'] as const satisfies Format[];
const SOURCES = ['cbr', 'manual', 'all'] as const satisfies SourceChoice[];

const NOTES = `The columns are those of GET /v1/rates; decimals keep their digits. Days that are not loaded are listed on
the error output, and the exit code is 1; stored rates are exported all the same. Without --from, only gaps
between the first stored day and the last count as not loaded.

Examples:
  kurs export > rates.csv
  kurs export --format ndjson --codes USD,EUR --from 2020-01-01 --out eur-usd.ndjson
  kurs export | head -3`;

interface Options {
  format: Format;
  from?: CalendarDate;
  to?: CalendarDate;
  codes?: string[];
  source: SourceChoice;
  out?: string;
}

export function exportCommand(): Command {
  return kursCommand({
    name: 'export',
    description: 'Exports stored rates as CSV, NDJSON or JSON, with or without a running service',
    notes: NOTES,
    run: exportRates,
  })
    .addOption(new Option('--format <format>', 'output format').choices(FORMATS).default('csv'))
    .option('--from <date>', 'first day; default the first stored', dateFrom)
    .option('--to <date>', 'last day; default the newest', dateFrom)
    .option('--codes <codes>', 'letter codes separated by commas; default all', codesFrom)
    .addOption(
      new Option('--source <source>', "the bank's rates, manual rates, or both")
        .choices(SOURCES)
        .default('cbr'),
    )
    .option(
      '--out <file>',
      'output file, which gets its name when it is complete; default the standard output',
      (path) => resolve(path),
    );
}

async function exportRates({ format, out, ...selection }: Options): Promise<number> {
  const { from, to, codes, source } = selection;
  requireOrder(from, to);
  const { RatesModule } = await import('../rates/rates.module.js');
  const { RateBooks } = await import('../rates/book/index.js');
  const { RatesExportService, RECORD_WRITER } = await import('../rates/reading/index.js');
  const { rows } = await import('../http/answers/index.js');
  const { writeOut } = await import('./write-out.js');
  return withExistingDatabase(RatesModule, 'this version', async (context, stop) => {
    const service = context.get(RatesExportService, { strict: false });
    await context.get(RateBooks, { strict: false }).loaded();
    const { pages, range, missing } = service.open({ from, to, codes, source });
    const counted = new CountedPages(pages, range);
    try {
      const text = (await rows(format, RECORD_WRITER, counted.read())).getStream();
      if (!(await writeOut(text, out, stop))) return EXIT_SUCCESS;
    } finally {
      counted.end();
    }
    printError(`${counted.rows} rates, ${range.from} to ${range.to}${out ? `: ${out}` : ''}`);
    for (const line of missing) printError(line);
    return missing.length > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
  });
}

/** Counts rows as they pass, and shows progress in a terminal. */
class CountedPages<Row extends { effective_date: CalendarDate }> {
  rows = 0;
  private readonly progress = new Progress(process.stderr);

  constructor(
    private readonly pages: AsyncIterable<Row[]>,
    private readonly range: DateRange,
  ) {}

  async *read(): AsyncGenerator<Row[]> {
    const { from, to } = this.range;
    const total = daysBetween(from, to) + 1;
    for await (const page of this.pages) {
      this.rows += page.length;
      const what = page.at(-1)?.effective_date;
      // A bar would break rows that go to the same terminal.
      if (what && process.stderr.isTTY && !process.stdout.isTTY) {
        this.progress.show({ done: daysBetween(from, what) + 1, total, what }, '');
      }
      yield page;
    }
  }

  end(): void {
    this.progress.end();
  }
}
