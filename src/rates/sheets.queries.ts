import { gunzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { Reader } from '../database/reader.js';
import type { DocumentKind } from './bank-document.js';
import { DocumentEntity } from './document.entity.js';
import { NoSheetError } from './rates.errors.js';
import type { WithdrawnSheetEntity } from './withdrawn-sheet.entity.js';

/** A stored document of the bank, without its bytes; field by field in `sheets.dto.ts`. */
export interface DocumentSummary {
  kind: DocumentKind;
  cbr_id: string | null;
  date: CalendarDate;
  to_date: CalendarDate | null;
  fetched_at: string;
  sha256: string;
}

/** A withdrawal that is in effect. */
type WithdrawalSummary = Pick<WithdrawnSheetEntity, 'cause' | 'reason' | 'withdrawn_by'> & {
  withdrawn_at: string;
};

/** What is stored of the fixings of one date. */
export interface SheetSummary {
  date: CalendarDate;
  fetched_at: string;
  sha256: string;
  currencies: number;
  withdrawn: WithdrawalSummary | null;
  documents: DocumentSummary[];
}

/** What the bank published counts, whatever people have made of it since; of a withdrawn sheet, too. */
const CURRENCIES = `SELECT CAST(COUNT(*) AS INTEGER) AS currencies FROM currencies currency
  WHERE EXISTS (SELECT 1 FROM rates WHERE cbr_id = currency.cbr_id AND effective_date = $1)
    OR EXISTS (SELECT 1 FROM rate_revisions
      WHERE cbr_id = currency.cbr_id AND effective_date = $1 AND source = 'cbr')`;

const WITHDRAWAL = `SELECT cause, reason, withdrawn_by, withdrawn_at FROM withdrawn_sheets
  WHERE date = $1 AND restored_at IS NULL`;

/** Reads where numbers come from: the bank's documents. */
@Injectable()
export class SheetsQueries {
  constructor(private readonly reader: Reader) {}

  /**
   * What is stored of a date, the sheet's own documents first, that of the bank's last word before others.
   *
   * @throws NoSheetError
   */
  async sheet(date: CalendarDate): Promise<SheetSummary> {
    const [{ currencies } = { currencies: 0 }] = await this.reader.rows<{ currencies: number }>(
      CURRENCIES,
      [date],
    );
    const documents = await this.documentsOf(date);
    const [first] = documents;
    if (!first) throw new NoSheetError(date, 'no fixing of that date is stored');
    const { fetched_at, sha256 } = first;
    const [withdrawn = null] = await this.reader.rows<WithdrawalSummary>(WITHDRAWAL, [date]);
    return { date, fetched_at, sha256, currencies, withdrawn, documents };
  }

  /**
   * The bytes of one of the date's documents as the bank served them; without `sha256` the sheet that its figures come from.
   *
   * @throws NoSheetError
   */
  async bytes(date: CalendarDate, sha256: string | undefined): Promise<Buffer> {
    const documents = await this.documentsOf(date);
    const wanted = documents.find((document) =>
      sha256 === undefined ? document.kind === 'daily' : document.sha256 === sha256,
    );
    if (!wanted) {
      const reason =
        documents.length === 0
          ? 'no fixing of that date is stored'
          : 'no such document; name one of /v1/sheets/{date} by its sha256';
      throw new NoSheetError(date, reason);
    }
    const row = await this.reader
      .select(DocumentEntity, 'document')
      .select('document.gzipped_bytes', 'bytes')
      .where('document.sha256 = :sha256 AND document.kind = :kind', wanted)
      .getRawOne<{ bytes: Buffer }>();
    return gunzipSync(row?.bytes ?? Buffer.alloc(0));
  }

  private documentsOf(date: CalendarDate): Promise<DocumentSummary[]> {
    return this.reader.rows<DocumentSummary>(DOCUMENTS, [date]);
  }
}

/**
 * The sheets of a date before series, and each first that gave the figure recorded last: the bank may
 * take a correction back, and then its bytes are known already. People's versions have no document.
 */
const DOCUMENTS = `SELECT kind, cbr_id, date, to_date, fetched_at, sha256 FROM documents
  LEFT JOIN (
    SELECT document_id, MAX(recorded_at) AS used_at FROM (
      SELECT document_id, recorded_at FROM rates WHERE effective_date = $1
      UNION ALL
      SELECT document_id, recorded_at FROM rate_revisions WHERE effective_date = $1
    ) version GROUP BY document_id
  ) used ON used.document_id = id
  WHERE (kind = 'daily' AND date = $1)
    OR id IN (SELECT document_id FROM rates WHERE effective_date = $1)
  ORDER BY kind, COALESCE(used_at, '') DESC, id DESC`;
