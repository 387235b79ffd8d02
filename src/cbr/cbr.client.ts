import { Injectable, Logger } from '@nestjs/common';
import { addDays, type CalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import type { DateRange } from '../common/date-range.js';
import {
  type BankDocument,
  type CurrencySeries,
  type DocumentKind,
  FIRST_SHEET_DATE,
  type PublishedDictionary,
  type PublishedSheet,
} from '../rates/model/index.js';
import type { BankAnswer } from './bank-answer.js';
import type { RequestOptions } from './request-options.js';
import { BankRequests } from './bank-requests.js';
import { BankRequestMetrics } from './bank-request-metrics.js';
import { parseDictionary } from './cbr-dictionary-xml.js';
import { parseSeries } from './cbr-series-xml.js';
import { decodeDocument } from './cbr-text.js';
import { parseDailySheet } from './cbr-xml.js';
import { CbrError } from './cbr.errors.js';

/** The longest known gap between sheets is the twelve days around New Year. */
const FURTHEST_DAYS_AHEAD = 15;

/** Client of the Bank of Russia's XML services (https://www.cbr.ru/development/SXML/). */
@Injectable()
export class CbrClient {
  private readonly logger = new Logger(CbrClient.name);

  constructor(
    private readonly line: BankRequests,
    private readonly clock: Clock,
    private readonly tally: BankRequestMetrics,
  ) {}

  /**
   * Fetches the sheet in force on `date`; without a date the latest one, which is tomorrow's once it is published.
   * The sheet's own date may be earlier than `date`, never later.
   *
   * @throws CbrError; the day stays unknown
   */
  dailySheet(date: CalendarDate | undefined, options: RequestOptions): Promise<PublishedSheet> {
    return this.tally.time('daily', options, (counted) => this.askForSheet(date, counted));
  }

  /**
   * Fetches every fixing of one currency in a range of days. The answer covers the whole range unless it states a
   * shorter one.
   *
   * @throws CbrError; the days stay unknown
   */
  series(cbr_id: string, range: DateRange, stop: AbortSignal): Promise<CurrencySeries> {
    const parameters = {
      date_req1: toBankDate(range.from),
      date_req2: toBankDate(range.to),
      VAL_NM_RQ: cbr_id,
    };
    return this.tally.time('dynamic', { stop, isForced: false }, async (options) => {
      const answer = await this.line.request('XML_dynamic.asp', parameters, options);
      rejectIncomplete(answer);
      const { range: covered, records } = parseSeries(decodeDocument(answer.bytes), {
        cbr_id,
        range,
      });
      return { cbr_id, range: covered, records, document: this.documentOf('dynamic', answer) };
    });
  }

  /**
   * Fetches the bank's dictionary of currencies, including discontinued ones. Problems of single items are logged.
   *
   * @throws CbrError
   */
  dictionary(stop: AbortSignal): Promise<PublishedDictionary> {
    return this.tally.time('dictionary', { stop, isForced: false }, async (options) => {
      const answer = await this.line.request('XML_valFull.asp', {}, options);
      const entries = parseDictionary(decodeDocument(answer.bytes), ({ message, code }) =>
        this.logger.warn(`The bank's dictionary: ${message} (${code})`),
      );
      return { entries, document: this.documentOf('dictionary', answer) };
    });
  }

  private async askForSheet(
    date: CalendarDate | undefined,
    options: RequestOptions,
  ): Promise<PublishedSheet> {
    const parameters: Record<string, string> = date ? { date_req: toBankDate(date) } : {};
    const answer = await this.line.request('XML_daily.asp', parameters, options);
    if (!options.mayBeIncomplete) rejectIncomplete(answer);
    const sheet = parseDailySheet(decodeDocument(answer.bytes));
    const document = this.documentOf('daily', answer);
    const today = moscowDate(document.fetched_at);
    const latest = date ?? addDays(today, FURTHEST_DAYS_AHEAD);
    if (sheet.effective_date > latest || sheet.effective_date < FIRST_SHEET_DATE) {
      const asked = date ? ` to the question for ${date}` : '';
      const message = `The sheet is dated ${sheet.effective_date}, which cannot be the answer${asked}`;
      throw new CbrError('implausible_date', message);
    }
    const asked = date ?? today;
    const in_force_to = asked > sheet.effective_date ? asked : sheet.effective_date;
    return { ...sheet, in_force_to, document };
  }

  private documentOf(kind: DocumentKind, { bytes, isBuilt }: BankAnswer): BankDocument {
    return { kind, bytes, fetched_at: this.clock.now(), is_built: isBuilt };
  }
}

/** A rate that is left out would be taken for one that the bank did not set. @throws CbrError `cbr.incomplete` */
function rejectIncomplete({ quarantined }: BankAnswer): void {
  if (quarantined === '') return;
  const message = `The answer lacks rates that the other Kurs holds in quarantine: ${quarantined}`;
  throw new CbrError('incomplete', message);
}

/** Formats `2026-04-25` as the bank's parameter `25/04/2026`. */
function toBankDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
