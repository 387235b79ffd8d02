import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { Reader } from '../database/reader.js';
import { CurrencyEntity } from './currency.entity.js';
import { CurrencyList } from './currency-list.js';

export interface CurrencyWithDates extends CurrencyEntity {
  first_date: CalendarDate | null;
  last_date: CalendarDate | null;
}

const COLUMNS = ['cbr_id', 'code', 'name', 'name_en', 'num_code'] as const;
const ALL = `SELECT ${COLUMNS.join(', ')} FROM currencies ORDER BY cbr_id`;

/** Of what the bank has set, whatever people have made of it since. */
function edgeDate(edge: 'MIN' | 'MAX'): string {
  const edgeOf = (table: string, condition = '') =>
    `SELECT ${edge}(effective_date) AS date FROM ${table} WHERE cbr_id = currency.cbr_id ${condition}`;
  const both = `${edgeOf('rates')} UNION ALL ${edgeOf('rate_revisions', "AND source = 'cbr'")}`;
  return `(SELECT ${edge}(edge.date) FROM (${both}) AS edge)`;
}

/** Reads what is known of currencies. */
@Injectable()
export class CurrencyQueries {
  constructor(private readonly reader: Reader) {}

  async list(): Promise<CurrencyList> {
    return new CurrencyList(await this.reader.rows<CurrencyEntity>(ALL, []));
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
