import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../common/calendar-date.js';
import { Reader } from '../database/reader.js';
import { RateEntity } from './rate.entity.js';

import type { RateRow } from './rate-json.js';
import { RateNotFoundError, UnknownCodeError } from './rates.errors.js';
import { newestSheetDate } from './sheet-memory.js';

/** Few enough that the event loop waits no more than a few milliseconds for a page and its text. */
const PAGE_ROWS = 250;

/** Which rates to list. */
export interface RateListing {
  code?: string | undefined;
  /** At most this many; absent: all. */
  limit?: number | undefined;
  /** How many of the newest to leave out. */
  offset?: number | undefined;
}

/** Reads rates for the routes of the original service. */
@Injectable()
export class RatesQueries {
  constructor(private readonly reader: Reader) {}

  /**
   * Pages of rates, newest first (`created_at`, then `id`), in constant memory: each page begins
   * behind the last row of the one before, so rows that come or go meanwhile shift nothing.
   */
  async *newestFirst({
    code,
    limit = Infinity,
    offset = 0,
  }: RateListing): AsyncGenerator<RateRow[]> {
    let last: RateRow | undefined;
    for (let left = limit; left > 0;) {
      const size = Math.min(left, PAGE_ROWS);
      const page = await this.page(code, last, size, last ? 0 : offset);
      if (page.length > 0) yield page;
      if (page.length < size) return;
      last = page.at(-1);
      left -= size;
    }
  }

  /**
   * The same for one currency.
   *
   * @throws UnknownCodeError, before the first page, when no rate of it is stored
   */
  async *historyOf(listing: RateListing & { code: string }): AsyncGenerator<RateRow[]> {
    let isKnown = false;
    for await (const page of this.newestFirst(listing)) {
      isKnown = true;
      yield page;
    }
    if (!isKnown && (await this.page(listing.code, undefined, 1, 0)).length === 0) {
      throw new UnknownCodeError(listing.code);
    }
  }

  /** Those of the rates with these ids that stand, by code. */
  standing(ids: readonly number[]): Promise<RateRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    const query = this.reader.select(RateEntity, 'rate').select('rate.id', 'id');
    for (const name of COLUMNS) query.addSelect(`rate.${name}`, name);
    return query
      .where('rate.id IN (:...ids)', { ids })
      .orderBy('rate.code', 'ASC')
      .getRawMany<RateRow>();
  }

  /** The date of the newest sheet of the bank, null before the first. */
  newestEffectiveDate(): Promise<CalendarDate | null> {
    return newestSheetDate(this.reader);
  }

  /** The date of the oldest rate that stands, null when there is none. */
  async firstEffectiveDate(): Promise<CalendarDate | null> {
    const query = this.reader.select(RateEntity, 'rate').select('MIN(rate.effective_date)', 'date');
    return (await query.getRawOne<{ date: CalendarDate | null }>())?.date ?? null;
  }

  /**
   * One rate as the database has it now, whichever instance wrote it.
   *
   * @throws RateNotFoundError
   */
  async stored(id: number): Promise<RateEntity> {
    const rate = await this.reader.select(RateEntity, 'rate').where({ id }).getOne();
    if (!rate) throw new RateNotFoundError(id);
    return rate;
  }

  private page(
    code: string | undefined,
    last: RateRow | undefined,
    limit: number,
    offset: number,
  ): Promise<RateRow[]> {
    const { created_at, id } = last ?? AFTER_ALL;
    const place = [created_at, id, limit, offset];
    return code === undefined
      ? this.reader.rows(PAGE, place)
      : this.reader.rows(PAGE_OF_CODE, [...place, code]);
  }
}

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

/** Newer than any rate. */
const AFTER_ALL = { created_at: '9999-12-31', id: 0 };

const PAGE = `${ROWS} WHERE (created_at, id) < ($1, $2)
  ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4`;

const PAGE_OF_CODE = `${ROWS} WHERE (created_at, id) < ($1, $2) AND code = $5
  ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4`;
