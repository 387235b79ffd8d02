import { Injectable } from '@nestjs/common';
import pThrottle from 'p-throttle';
import { addDays, type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { DateRange } from '../common/date-range.js';
import type { DictionaryEntry } from '../rates/currency-dictionary.js';
import type { CurrencySeries } from '../rates/currency-series.js';
import { FIRST_SHEET_DATE, type PublishedSheet } from '../rates/daily-sheet.js';
import { parseDictionary } from './cbr-dictionary-xml.js';
import { parseSeries } from './cbr-series-xml.js';
import { decodeDocument } from './cbr-text.js';
import { CbrTransport } from './cbr-transport.js';
import { parseDailySheet } from './cbr-xml.js';
import { CbrError } from './cbr.errors.js';

/** The bank names no limit; clients report trouble from about ten requests a second. */
const MOST_REQUESTS_PER_SECOND = 5;
/** The longest gap known is the twelve days of New Year. */
const FURTHEST_DAYS_AHEAD = 15;

/** Asks the Bank of Russia (https://www.cbr.ru/development/SXML/). */
@Injectable()
export class CbrClient {
  private readonly get: CbrTransport['get'];

  constructor(
    transport: CbrTransport,
    private readonly clock: Clock,
  ) {
    const throttle = pThrottle({ limit: MOST_REQUESTS_PER_SECOND, interval: 1_000 });
    this.get = throttle((...request: Parameters<CbrTransport['get']>) => transport.get(...request));
  }

  /**
   * The sheet in force on `date`; without a date the last one registered, which is tomorrow's once it
   * is published. Its own date may be earlier than the one asked for, never later.
   *
   * @throws CbrError; then nothing is known about that day.
   */
  async dailySheet(date: CalendarDate | undefined, stop: AbortSignal): Promise<PublishedSheet> {
    const parameters: Record<string, string> = date ? { date_req: toBankDate(date) } : {};
    const bytes = await this.get('XML_daily.asp', parameters, stop);
    const sheet = parseDailySheet(decodeDocument(bytes));
    const fetched_at = this.clock.now();
    const today = moscowDate(fetched_at);
    const latest = date ?? addDays(today, FURTHEST_DAYS_AHEAD);
    if (sheet.effective_date > latest || sheet.effective_date < FIRST_SHEET_DATE) {
      const asked = date ? ` to the question for ${date}` : '';
      const message = `The sheet is dated ${sheet.effective_date}, which cannot be the answer${asked}`;
      throw new CbrError('implausible_date', message);
    }
    const asked = date ?? today;
    const in_force_to = asked > sheet.effective_date ? asked : sheet.effective_date;
    return { ...sheet, in_force_to, document: { kind: 'daily', bytes, fetched_at } };
  }

  /**
   * Every fixing of one currency in a range of days, in one answer.
   *
   * @throws CbrError; then nothing is known about those days.
   */
  async series(cbr_id: string, range: DateRange, stop: AbortSignal): Promise<CurrencySeries> {
    const parameters = {
      date_req1: toBankDate(range.from),
      date_req2: toBankDate(range.to),
      VAL_NM_RQ: cbr_id,
    };
    const bytes = await this.get('XML_dynamic.asp', parameters, stop);
    const records = parseSeries(decodeDocument(bytes), range);
    const document = { kind: 'dynamic' as const, bytes, fetched_at: this.clock.now() };
    return { cbr_id, range, records, document };
  }

  /**
   * The bank's dictionary of currencies, those no longer set included.
   *
   * @throws CbrError
   */
  async dictionary(stop: AbortSignal): Promise<DictionaryEntry[]> {
    return parseDictionary(decodeDocument(await this.get('XML_valFull.asp', {}, stop)));
  }
}

/** `2026-04-25` is `25/04/2026` in the bank's parameters. */
function toBankDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
