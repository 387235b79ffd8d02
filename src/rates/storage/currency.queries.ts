import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Reader } from '../../database/reader.js';
import { CurrencyEntity, CurrencyList, DocumentEntity } from '../model/index.js';

/** A stored currency that is not in the bank's dictionary. */
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

/** Reads currencies, for loading more of them. */
@Injectable()
export class CurrencyQueries {
  constructor(private readonly reader: Reader) {}

  async list(): Promise<CurrencyList> {
    return new CurrencyList(await this.reader.rows<CurrencyEntity>(ALL, []));
  }

  /** The bank's IDs of currencies without an English name. */
  async unnamed(): Promise<string[]> {
    const rows = await this.reader
      .select(CurrencyEntity, 'currency')
      .select('currency.cbr_id', 'cbr_id')
      .where('currency.name_en IS NULL')
      .getRawMany<Pick<CurrencyEntity, 'cbr_id'>>();
    return rows.map(({ cbr_id }) => cbr_id);
  }

  /** Day on which the dictionary was last fetched; null if none is stored. */
  async dictionaryDate(): Promise<CalendarDate | null> {
    const row = await this.reader
      .select(DocumentEntity, 'document')
      .select('MAX(document.date)', 'date')
      .where({ kind: 'dictionary' })
      .getRawOne<{ date: CalendarDate | null }>();
    return row?.date ?? null;
  }

  /** Currencies except those of `ids`, each with the ID of the series that contained it, or null. */
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
}
