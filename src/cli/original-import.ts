import { moscowDate } from '../common/calendar-date.js';
import { type ImportedRate, type ImportedRatesService, importKey } from '../rates/editing/index.js';
import type { OriginalRow, ReadRow } from './original-row.js';
import { readOriginalRow } from './original-row.js';

/** What became of the rows. */
export interface ImportReport {
  added: number;
  known: number;
  announced: number;
  refused: { row: string; reason: string }[];
}

/** Where the rows come from: `original-database.ts`. */
interface Source {
  pages(): Iterable<OriginalRow[]>;
}

/** How they are read. */
interface Reading {
  zone: string;
  now: Date;
}

/** Takes the rows over, page by page. */
export class OriginalImport {
  constructor(
    private readonly original: Source,
    private readonly rates: Pick<ImportedRatesService, 'record'>,
    private readonly reading: Reading,
  ) {}

  /**
   * Reads the rows twice: the newest of each code must be known before the first is stored. What is
   * stored when it is stopped is known already the next time.
   */
  async run(stop: AbortSignal, onStep: (done: number, day: string) => void): Promise<ImportReport> {
    const newest = this.newestRows();
    const report: ImportReport = { added: 0, known: 0, announced: 0, refused: [] };
    const seen = new Map<string, string>();
    let done = 0;
    for (const page of this.original.pages()) {
      stop.throwIfAborted();
      const rates: ImportedRate[] = [];
      for (const row of page) {
        const read = this.read(row);
        const refusal = typeof read === 'string' ? read : repetition(read, row, seen);
        if (refusal !== undefined) report.refused.push({ row: String(row.id), reason: refusal });
        else if (typeof read !== 'string') {
          rates.push({ ...read, isNewest: newest.get(read.code) === row.rowid });
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

  /** By code the row of the latest day; of two for one day the one stored later. */
  private newestRows(): Map<string, number> {
    const newest = new Map<string, { day: string; rowid: number }>();
    for (const page of this.original.pages()) {
      for (const row of page) {
        const read = this.read(row);
        if (typeof read === 'string') continue;
        const day = moscowDate(read.created_at);
        const other = newest.get(read.code);
        if (!other || day >= other.day) newest.set(read.code, { day, rowid: row.rowid });
      }
    }
    return new Map([...newest].map(([code, { rowid }]) => [code, rowid]));
  }

  private read(row: OriginalRow): ReadRow | string {
    return readOriginalRow(row, this.reading.zone, this.reading.now);
  }
}

/** Why a row that says what one before it said is refused; it is remembered otherwise. */
function repetition(
  read: ReadRow,
  { id }: OriginalRow,
  seen: Map<string, string>,
): string | undefined {
  const key = importKey(read);
  const other = seen.get(key);
  if (other !== undefined) return `it repeats row ${other}: ${key}`;
  seen.set(key, String(id));
  return undefined;
}
