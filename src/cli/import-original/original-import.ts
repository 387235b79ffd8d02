import { moscowDate } from '../../common/calendar-date.js';
import {
  type ImportedRate,
  type ImportedRatesService,
  importKey,
} from '../../rates/editing/index.js';
import { type OriginalRow, parseOriginalRow, type ParsedRow } from './original-row.js';

/** The outcome: numbers of rates, and the rejected rows. */
export interface ImportReport {
  added: number;
  known: number;
  announced: number;
  rejected: { row: string; reason: string }[];
}

/** Implemented by `OriginalDatabase`. */
interface Source {
  pages(): Iterable<OriginalRow[]>;
}

interface ParseOptions {
  /** Zone of times without one. */
  zone: string;
  now: Date;
}

/** Imports the rows, page by page. */
export class OriginalImport {
  constructor(
    private readonly original: Source,
    private readonly rates: Pick<ImportedRatesService, 'record'>,
    private readonly options: ParseOptions,
  ) {}

  /**
   * Reads the rows twice: the newest row of each code must be known before the first is stored. An
   * aborted import keeps its completed pages; the next one finds them stored.
   */
  async run(stop: AbortSignal, onStep: (done: number, day: string) => void): Promise<ImportReport> {
    const newest = this.newestRows();
    const report: ImportReport = { added: 0, known: 0, announced: 0, rejected: [] };
    const seen = new Map<string, string>();
    let done = 0;
    for (const page of this.original.pages()) {
      stop.throwIfAborted();
      const rates: ImportedRate[] = [];
      for (const row of page) {
        const parsed = this.parse(row);
        const reason = typeof parsed === 'string' ? parsed : duplicateReason(parsed, row, seen);
        if (reason !== undefined) report.rejected.push({ row: String(row.id), reason });
        else if (typeof parsed !== 'string') {
          rates.push({ ...parsed, isNewest: newest.get(parsed.code) === row.rowid });
        }
      }
      if (rates.length > 0) {
        const { added, known, announced } = await this.rates.record(rates);
        report.added += added;
        report.known += known;
        report.announced += announced;
      }
      done += page.length;
      onStep(done, rates.at(-1)?.created_at.toISOString().slice(0, 10) ?? '');
    }
    return report;
  }

  /** The row of the latest day by code; the last one if a day has several. */
  private newestRows(): Map<string, number> {
    const newest = new Map<string, { day: string; rowid: number }>();
    for (const page of this.original.pages()) {
      for (const row of page) {
        const parsed = this.parse(row);
        if (typeof parsed === 'string') continue;
        const day = moscowDate(parsed.created_at);
        const other = newest.get(parsed.code);
        if (!other || day >= other.day) newest.set(parsed.code, { day, rowid: row.rowid });
      }
    }
    return new Map([...newest].map(([code, { rowid }]) => [code, rowid]));
  }

  private parse(row: OriginalRow): ParsedRow | string {
    return parseOriginalRow(row, this.options.zone, this.options.now);
  }
}

/** Why the row is rejected if it repeats an earlier one; otherwise remembers it. */
function duplicateReason(
  parsed: ParsedRow,
  { id }: OriginalRow,
  seen: Map<string, string>,
): string | undefined {
  const key = importKey(parsed);
  const other = seen.get(key);
  if (other !== undefined) return `it repeats row ${other}: ${key}`;
  seen.set(key, String(id));
  return undefined;
}
