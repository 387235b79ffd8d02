import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { Reader } from '../database/reader.js';
import { CurrencyEntity } from './currency.entity.js';
import { CurrencyList } from './currency-list.js';
import { END_OF_TIME } from './sheet-calendar.js';
import { type LastSet, lastSetText } from './speaking-id.js';
import { withdrawnDates } from './withdrawn-sheet.entity.js';

export interface CurrencyWithDates extends CurrencyEntity {
  first_date: CalendarDate | null;
  last_date: CalendarDate | null;
}

/** A currency that is stored, but that the bank's dictionary leaves out. */
export interface StrayCurrency {
  cbr_id: string;
  code: string;
  series_of: string | null;
}

const SERIES_OF = `SELECT document.cbr_id AS series_of FROM rates
  JOIN documents document ON document.id = rates.document_id
  WHERE rates.cbr_id = $1 AND document.kind = 'dynamic' AND document.cbr_id <> $1 LIMIT 1`;

const COLUMNS = ['cbr_id', 'code', 'name', 'name_en', 'num_code'] as const;
const ALL = `SELECT ${COLUMNS.join(', ')} FROM currencies ORDER BY cbr_id`;

/** Of what the bank has set, whatever people have made of it since. */
function edgeDate(edge: 'MIN' | 'MAX'): string {
  const edgeOf = (table: string, condition = '') =>
    `SELECT ${edge}(effective_date) AS date FROM ${table} WHERE cbr_id = currency.cbr_id
      AND effective_date NOT IN ${withdrawnDates()} ${condition}`;
  const both = `${edgeOf('rates')} UNION ALL ${edgeOf('rate_revisions', "AND source = 'cbr'")}`;
  return `(SELECT ${edge}(edge.date) FROM (${both}) AS edge)`;
}

/** A seek in the index of each table; an edited fixing is among the revisions. */
const LAST_SET = `SELECT effective_date, recorded_at FROM (${lastIn('rates')}) AS kept
  UNION ALL SELECT effective_date, recorded_at FROM (${lastIn('rate_revisions')}) AS revised
  ORDER BY effective_date DESC, recorded_at DESC LIMIT 1`;

function lastIn(table: string): string {
  return `SELECT effective_date, recorded_at FROM ${table} WHERE cbr_id = $1 AND source = 'cbr'
    AND recorded_at <= $2 AND effective_date NOT IN ${withdrawnDates('$2')}
    ORDER BY effective_date DESC, recorded_at DESC LIMIT 1`;
}

/** Reads what is known of currencies. */
@Injectable()
export class CurrencyQueries {
  constructor(private readonly reader: Reader) {}

  async list(): Promise<CurrencyList> {
    return new CurrencyList(await this.reader.rows<CurrencyEntity>(ALL, []));
  }

  /** The last fixings of IDs; with `asOf` of those known at that instant. */
  async lastSet(ids: readonly string[], asOf: Date | undefined): Promise<LastSet> {
    const last = new Map<string, string>();
    for (const id of ids) {
      const [row] = await this.reader.rows<Record<'effective_date' | 'recorded_at', string>>(
        LAST_SET,
        [id, asOf?.toISOString() ?? END_OF_TIME],
      );
      if (row) last.set(id, lastSetText(row.effective_date, row.recorded_at));
    }
    return last;
  }

  /** The bank's IDs of the currencies whose English name is not known. */
  async unnamed(): Promise<string[]> {
    const rows = await this.reader
      .select(CurrencyEntity, 'currency')
      .select('currency.cbr_id', 'cbr_id')
      .where('currency.name_en IS NULL')
      .getRawMany<Pick<CurrencyEntity, 'cbr_id'>>();
    return rows.map(({ cbr_id }) => cbr_id);
  }

  /** The currencies without those of the IDs, each with the ID whose series has brought it, or null. */
  async strays(ids: ReadonlySet<string>): Promise<StrayCurrency[]> {
    const { all } = await this.list();
    const strays = all.filter(({ cbr_id }) => !ids.has(cbr_id));
    return Promise.all(
      strays.map(async ({ cbr_id, code }) => {
        const [row] = await this.reader.rows<{ series_of: string }>(SERIES_OF, [cbr_id]);
        return { cbr_id, code, series_of: row?.series_of ?? null };
      }),
    );
  }

  /** Every currency with the days of its first and last fixing that are stored. */
  withDates(): Promise<CurrencyWithDates[]> {
    const query = this.reader
      .select(CurrencyEntity, 'currency')
      .select(edgeDate('MIN'), 'first_date')
      .addSelect(edgeDate('MAX'), 'last_date');
    for (const name of COLUMNS) query.addSelect(`currency.${name}`, name);
    return query.orderBy('currency.cbr_id').getRawMany<CurrencyWithDates>();
  }
}
