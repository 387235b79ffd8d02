import { resolve } from 'node:path';
import { Command, Option } from 'nest-commander';
import { type CalendarDate, daysBetween } from '../common/calendar-date.js';
import type { DateRange } from '../common/date-range.js';
import type { Format } from '../http/format.js';
import type { SourceChoice } from '../rates/model/index.js';
import { EXIT_FAILURE, EXIT_SUCCESS } from './exit-codes.js';
import { inExistingHouse } from './house.js';
import { KursCommand } from './kurs-command.js';
import { Progress } from './progress.js';
import { warn } from './say.js';
import { codesIn, dayIn, oneOf, refuseBackwards } from './words.js';

const FORMATS = ['csv', 'ndjson', 'json'] as const satisfies Format[];
const SOURCES = ['cbr', 'manual', 'all'] as const satisfies SourceChoice[];

interface Options {
  format?: Format;
  from?: CalendarDate;
  to?: CalendarDate;
  codes?: string[];
  source?: SourceChoice;
  out?: string;
}

@Command({
  name: 'export',
  description:
    'Writes what is stored as CSV, NDJSON or JSON, beside a running service or without one',
})
export class ExportCommand extends KursCommand {
  protected readonly notes = `The columns are those of GET /v1/rates; decimals keep their digits. Days for which something is not loaded
are named on the error output, and the exit code is 1: what is stored is written all the same. Without
--from nothing is missing but what lies in a hole between the first stored day and the last.

Examples:
  kurs export > rates.csv
  kurs export --format ndjson --codes USD,EUR --from 2020-01-01 --out eur-usd.ndjson
  kurs export | head -3`;

  @Option({
    flags: '--format <format>',
    description: 'how it is written; default csv',
    choices: [...FORMATS],
  })
  format(text: string): Format {
    return oneOf('--format', text, FORMATS);
  }

  @Option({ flags: '--from <day>', description: 'first day; default the first that is stored' })
  from(text: string): CalendarDate {
    return dayIn('--from', text);
  }

  @Option({ flags: '--to <day>', description: 'last day; default the newest' })
  to(text: string): CalendarDate {
    return dayIn('--to', text);
  }

  @Option({
    flags: '--codes <codes>',
    description: 'letter codes separated by commas; default every currency',
  })
  codes(text: string): string[] {
    return codesIn('--codes', text);
  }

  @Option({
    flags: '--source <source>',
    description: "the bank's figures, people's, or both; default cbr",
    choices: [...SOURCES],
  })
  source(text: string): SourceChoice {
    return oneOf('--source', text, SOURCES);
  }

  @Option({
    flags: '--out <file>',
    description: 'where to; it gets its name when it is whole; default the standard output',
  })
  out(text: string): string {
    return resolve(text);
  }

  protected override async execute(options: Options): Promise<number> {
    const { format = 'csv', from, to, codes, source = 'cbr', out } = options;
    refuseBackwards(from, to);
    const { RatesModule } = await import('../rates/rates.module.js');
    const { RateBooks } = await import('../rates/book/index.js');
    const { RatesExportService, RECORD_WRITER } = await import('../rates/reading/index.js');
    const { rows } = await import('../http/row-stream.js');
    const { writeOut } = await import('./write-out.js');
    return inExistingHouse(RatesModule, 'this version', async (context, stop) => {
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
      warn(`${counted.rows} fixings of ${range.from} to ${range.to}${out ? `: ${out}` : ''}`);
      for (const line of missing) warn(line);
      return missing.length > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    });
  }
}

/** Counts rows as they go by, and shows on a terminal how far they have come. */
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
      // Rows that go to the same terminal would be torn apart by the bar.
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
