import { Injectable } from '@nestjs/common';
import pThrottle from 'p-throttle';
import { addDays, type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { PublishedSheet } from '../rates/daily-sheet.js';
import { decodeDocument } from './cbr-text.js';
import { CbrTransport } from './cbr-transport.js';
import { parseDailySheet } from './cbr-xml.js';
import { CbrError } from './cbr.errors.js';

/** The bank names no limit; clients report trouble from about ten requests a second. */
const MOST_REQUESTS_PER_SECOND = 5;
/** The longest gap known is the twelve days of New Year. */
const FURTHEST_DAYS_AHEAD = 15;
const FIRST_SHEET = '1992-07-01' as CalendarDate;

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
    const latest = date ?? addDays(moscowDate(fetched_at), FURTHEST_DAYS_AHEAD);
    if (sheet.effective_date > latest || sheet.effective_date < FIRST_SHEET) {
      const asked = date ? ` to the question for ${date}` : '';
      const message = `The sheet is dated ${sheet.effective_date}, which cannot be the answer${asked}`;
      throw new CbrError('implausible_date', message);
    }
    return { ...sheet, document: { kind: 'daily', bytes, fetched_at } };
  }
}

/** `2026-04-25` is `25/04/2026` in the bank's parameters. */
function toBankDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
