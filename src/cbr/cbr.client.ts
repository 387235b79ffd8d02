import { Injectable, Logger } from '@nestjs/common';
import { addDays, type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { DateRange } from '../common/date-range.js';
import {
  type CurrencySeries,
  type DictionaryEntry,
  FIRST_SHEET_DATE,
  type PublishedSheet,
} from '../rates/model/index.js';
import type { Asking } from './asking.js';
import { BankLine } from './bank-line.js';
import { BankTally } from './bank-tally.js';
import { parseDictionary } from './cbr-dictionary-xml.js';
import { parseSeries } from './cbr-series-xml.js';
import { decodeDocument } from './cbr-text.js';
import { parseDailySheet } from './cbr-xml.js';
import { CbrError } from './cbr.errors.js';

/** The longest gap known is the twelve days of New Year. */
const FURTHEST_DAYS_AHEAD = 15;

/** Asks the Bank of Russia (https://www.cbr.ru/development/SXML/). */
@Injectable()
export class CbrClient {
  private readonly logger = new Logger(CbrClient.name);

  constructor(
    private readonly line: BankLine,
    private readonly clock: Clock,
    private readonly tally: BankTally,
  ) {}

  /**
   * The sheet in force on `date`; without a date the last one registered, which is tomorrow's once it
   * is published. Its own date may be earlier than the one asked for, never later.
   *
   * @throws CbrError; then nothing is known about that day.
   */
  dailySheet(date: CalendarDate | undefined, asking: Asking): Promise<PublishedSheet> {
    return this.tally.time('daily', asking, (counted) => this.askForSheet(date, counted));
  }

  /**
   * Every fixing of one currency in a range of days, in one answer: about all of them, unless it says
   * itself that it is about fewer.
   *
   * @throws CbrError; then nothing is known about those days.
   */
  series(cbr_id: string, range: DateRange, stop: AbortSignal): Promise<CurrencySeries> {
    const parameters = {
      date_req1: toBankDate(range.from),
      date_req2: toBankDate(range.to),
      VAL_NM_RQ: cbr_id,
    };
    return this.tally.time('dynamic', { stop, isForced: false }, async (asking) => {
      const bytes = await this.line.ask('XML_dynamic.asp', parameters, asking);
      const answer = parseSeries(decodeDocument(bytes), { cbr_id, range });
      const document = { kind: 'dynamic' as const, bytes, fetched_at: this.clock.now() };
      return { cbr_id, ...answer, document };
    });
  }

  /**
   * The bank's dictionary of currencies, those no longer set included. What is wrong with single items is logged.
   *
   * @throws CbrError
   */
  dictionary(stop: AbortSignal): Promise<DictionaryEntry[]> {
    return this.tally.time('dictionary', { stop, isForced: false }, async (asking) =>
      parseDictionary(
        decodeDocument(await this.line.ask('XML_valFull.asp', {}, asking)),
        ({ message, code }) => this.logger.warn(`The bank's dictionary: ${message} (${code})`),
      ),
    );
  }

  private async askForSheet(
    date: CalendarDate | undefined,
    asking: Asking,
  ): Promise<PublishedSheet> {
    const parameters: Record<string, string> = date ? { date_req: toBankDate(date) } : {};
    const bytes = await this.line.ask('XML_daily.asp', parameters, asking);
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
}

/** `2026-04-25` is `25/04/2026` in the bank's parameters. */
function toBankDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
