import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import type { DecimalText } from '../common/decimal.js';
import { unitRate } from '../common/rate-arithmetic.js';
import { PAGE_ROWS, Reader } from '../database/reader.js';
import type { RateSource } from '../events/rate-event.js';
import { RowWriter } from '../http/row-writer.js';
import { CurrencyQueries } from './currency.queries.js';
import { DocumentEntity } from './document.entity.js';
import { type RevisionReason, RateRevisionEntity } from './rate-revision.entity.js';
import { RateEntity } from './rate.entity.js';
import { UnknownCodeError } from './rates.errors.js';

/** A version that was replaced or deleted; field by field in `revisions.dto.ts`. */
export interface Revision {
  revision_id: number;
  rate_id: number;
  code: string;
  name: string;
  nominal: number;
  value: DecimalText;
  rate: DecimalText;
  effective_date: CalendarDate;
  source: RateSource;
  reason: RevisionReason;
  recorded_at: string;
  recorded_by: string | null;
  superseded_at: string;
  superseded_by: string | null;
  document_sha256: string | null;
}

export const REVISION_WRITER = new RowWriter<Revision>({
  revision_id: 'plain',
  rate_id: 'plain',
  code: 'text',
  name: 'text',
  nominal: 'plain',
  value: 'plain',
  rate: 'plain',
  effective_date: 'plain',
  source: 'plain',
  reason: 'text',
  recorded_at: 'plain',
  recorded_by: 'text',
  superseded_at: 'plain',
  superseded_by: 'text',
  document_sha256: 'plain',
});

/** Reads what stood before corrections, edits and deletions. */
@Injectable()
export class RevisionsQueries {
  constructor(
    private readonly reader: Reader,
    private readonly currencies: CurrencyQueries,
  ) {}

  /**
   * The versions of one currency that were replaced or deleted, in the order in which that happened.
   *
   * @throws UnknownCodeError, before the first page
   */
  async *of(code: string, after: number): AsyncGenerator<Revision[]> {
    let last = after;
    for (;;) {
      const page = await this.page(code, last);
      if (page.length === 0 && last === after && !(await this.isKnown(code))) {
        throw new UnknownCodeError(code);
      }
      yield page;
      last = page.at(-1)?.revision_id ?? last;
      if (page.length < PAGE_ROWS) return;
    }
  }

  private async page(code: string, after: number): Promise<Revision[]> {
    const query = this.reader
      .select(RateRevisionEntity, 'revision')
      .leftJoin(DocumentEntity, 'document', 'document.id = revision.document_id')
      .select('revision.id', 'revision_id');
    for (const name of COLUMNS) query.addSelect(`revision.${name}`, name);
    const rows = await query
      .addSelect('document.sha256', 'document_sha256')
      .where('revision.code = :code AND revision.id > :after', { code, after })
      .orderBy('revision.id', 'ASC')
      .limit(PAGE_ROWS)
      .getRawMany<Omit<Revision, 'rate'>>();
    return rows.map(({ revision_id, rate_id, code, name, nominal, value, ...others }) => ({
      ...{ revision_id, rate_id, code, name, nominal, value },
      rate: unitRate({ nominal, value }),
      ...others,
    }));
  }

  private async isKnown(code: string): Promise<boolean> {
    if ((await this.currencies.list()).idsOf(code).length > 0) return true;
    for (const entity of [RateEntity, RateRevisionEntity]) {
      const versions = this.reader.select(entity, 'version').where({ code });
      if (await versions.getExists()) return true;
    }
    return false;
  }
}

const COLUMNS = [
  'rate_id',
  'code',
  'name',
  'nominal',
  'value',
  'effective_date',
  'source',
  'reason',
  'recorded_at',
  'recorded_by',
  'superseded_at',
  'superseded_by',
] as const;
