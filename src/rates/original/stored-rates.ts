import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { ReadRepository } from '../../database/read-repository.js';
import { Reader } from '../../database/reader.js';
import { RateBooks, viewOf } from '../book/index.js';
import {
  overruledIds,
  RateEntity,
  RateNotFoundError,
  type RateRow,
  UnknownCodeError,
} from '../model/index.js';
import { newestSheetDate } from '../storage/index.js';

/** Page size: a page and its text take a few milliseconds of the event loop. */
const PAGE_ROWS = 250;

/** Filter and page of rates. */
export interface RateListing {
  code?: string | undefined;
  /** Maximum number; undefined: all. */
  limit?: number | undefined;
  /** Number of newest rates to skip. */
  offset?: number | undefined;
}

/** Reads rates for the routes of the original service. */
@Injectable()
export class StoredRates {
  constructor(
    private readonly reader: Reader,
    private readonly books: RateBooks,
    @InjectRepository(RateEntity) private readonly rates: ReadRepository<RateEntity>,
  ) {}

  /**
   * Pages of rates, newest first (`created_at`, then `id`), in constant memory. Each page starts after the last row
   * of the previous one, so concurrent inserts and deletes shift nothing.
   */
  async *newestFirst({
    code,
    limit = Infinity,
    offset = 0,
  }: RateListing): AsyncGenerator<RateRow[]> {
    const overruled = this.overruled();
    let last: RateRow | undefined;
    for (let left = limit; left > 0;) {
      const size = Math.min(left, PAGE_ROWS);
      const page = await this.page({ code, overruled }, last, size, last ? 0 : offset);
      if (page.length > 0) yield page;
      if (page.length < size) return;
      last = page.at(-1);
      left -= size;
    }
  }

  /**
   * The same for one currency.
   *
   * @throws UnknownCodeError, before the first page, if no rate of it is stored
   */
  async *historyOf(listing: RateListing & { code: string }): AsyncGenerator<RateRow[]> {
    let isKnown = false;
    for await (const page of this.newestFirst(listing)) {
      isKnown = true;
      yield page;
    }
    if (isKnown) return;
    const { code } = listing;
    const [any] = await this.page({ code, overruled: this.overruled() }, undefined, 1, 0);
    if (!any) throw new UnknownCodeError(code);
  }

  /** Date of the newest sheet of the bank; null before the first. */
  newestEffectiveDate(): Promise<CalendarDate | null> {
    return newestSheetDate(this.reader);
  }

  /**
   * One rate from the database, whichever instance wrote it.
   *
   * @throws RateNotFoundError
   */
  async stored(id: number): Promise<RateEntity> {
    const rate = await this.rates.findOneBy({ id });
    if (!rate) throw new RateNotFoundError(id);
    return rate;
  }

  /** IDs without precedence for their code on some day. */
  private overruled(): OverruledId[] {
    const { currencies, lastSet } = viewOf(this.books.current);
    return currencies.sharing.flatMap((ids) => overruledIds(ids, lastSet));
  }

  private page(
    { code, overruled }: { code?: string | undefined; overruled: readonly OverruledId[] },
    last: RateRow | undefined,
    limit: number,
    offset: number,
  ): Promise<RateRow[]> {
    const { created_at, id } = last ?? AFTER_ALL;
    const place: Parameters<Reader['rows']>[1] = [created_at, id, limit, offset];
    const ofCode = code === undefined ? [] : [code];
    const parameters = [
      ...place,
      ...ofCode,
      ...overruled.flatMap(({ id, others }) => [id, ...others]),
    ];
    return this.reader.rows(pageSql(code !== undefined, overruled), parameters);
  }
}

/** An ID, and those that take precedence over it on a shared day. */
type OverruledId = ReturnType<typeof overruledIds>[number];

const COLUMNS = [
  'code',
  'name',
  'value',
  'created_at',
  'nominal',
  'effective_date',
  'source',
] as const satisfies (keyof RateRow)[];
const ROWS = `SELECT id, ${COLUMNS.join(', ')} FROM rates`;

/** Greater than any stored row. */
const AFTER_ALL = { created_at: '9999-12-31', id: 0 };

/** Excludes fixings of IDs over which another one takes precedence on that day, whether edited or deleted since. */
function pageSql(isOfCode: boolean, overruled: readonly OverruledId[]): string {
  let next = 5;
  const parameter = () => `$${next++}`;
  const ofCode = isOfCode ? `AND code = ${parameter()}` : '';
  const exclusions = overruled.map(({ others }) => {
    const id = parameter();
    const ofOthers = `other.cbr_id IN (${others.map(parameter).join(', ')})
      AND other.effective_date = rates.effective_date AND other.code = rates.code`;
    return `AND NOT (source = 'cbr' AND cbr_id = ${id} AND (
      EXISTS (SELECT 1 FROM rates other WHERE ${ofOthers}) OR
      EXISTS (SELECT 1 FROM rate_revisions other WHERE ${ofOthers} AND other.source = 'cbr')))`;
  });
  return `${ROWS} WHERE (created_at, id) < ($1, $2) ${ofCode} ${exclusions.join(' ')}
    ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4`;
}
