import { Injectable } from '@nestjs/common';
import { type CalendarDate, isCalendarDate, moscowDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { withoutLeadingZeros } from '../common/decimal.js';
import { KursError } from '../common/kurs.error.js';
import { problemOf } from '../http/problems/index.js';
import { BookNotLoadedError } from '../rates/model/index.js';
import {
  ConversionService,
  CurrenciesService,
  type RatesOfDay,
  RatesOnDay,
  RequestedDays,
} from '../rates/reading/index.js';
import type { FirstAnswer } from './page/paint-contract.js';

/** Precision of an amount in `/v1/convert`, in digits. */
const LONGEST_AMOUNT = 28;
const ANY_CODE = /^[A-Z0-9]{2,12}$/;
const HISTORY = /^v1\/rates\/([A-Z0-9]{2,12})\/history$/;

/** Answers the page's first requests from the read model, as the routes of `/v1` would. */
@Injectable()
export class PageAnswers {
  constructor(
    private readonly rates: RatesOnDay,
    private readonly conversions: ConversionService,
    private readonly currencies: CurrenciesService,
    private readonly days: RequestedDays,
    private readonly clock: Clock,
  ) {}

  /** Last day that has an answer: it changes with the time, too. Undefined while the rates are loaded. */
  get lastDay(): CalendarDate | undefined {
    try {
      return this.days.lastAnswerable();
    } catch (thrown) {
      if (thrown instanceof BookNotLoadedError) return undefined;
      throw thrown;
    }
  }

  /** @param target path and query, relative to the service. Undefined: only a request can answer. */
  read(target: string): FirstAnswer | undefined {
    const [path = '', search] = target.split('?');
    const query = new URLSearchParams(search);
    try {
      return this.answer(path, query);
    } catch (thrown) {
      // A service that is still loading answers the script's requests a moment later.
      if (thrown instanceof KursError && thrown.status >= 500) return undefined;
      return { problem: problemOf(thrown, `A page's ${target}`) };
    }
  }

  private answer(path: string, query: URLSearchParams): FirstAnswer | undefined {
    const [, code] = HISTORY.exec(path) ?? [];
    if (code !== undefined) {
      this.checkCodes([code, query.get('quote') ?? 'RUB']);
      return undefined;
    }
    switch (path) {
      case 'v1/rates':
        return this.ratesOn(query);
      case 'v1/convert':
        return this.conversion(query);
      case 'v1/currencies':
        return { body: this.currencies.all(), headers: {} };
      default:
        return undefined;
    }
  }

  private ratesOn(query: URLSearchParams): FirstAnswer | undefined {
    const date = dateIn(query);
    if (date === null || query.has('from')) return undefined;
    const found = this.rates.ratesOn({
      ...{ date, codes: undefined, named: 'codes', quote: 'RUB' },
      source: query.get('source') === 'cbr' ? 'cbr' : 'all',
      ...{ restate: false, asOf: undefined },
    });
    // Only a coming sheet is a second one.
    const day = found.records[0]?.requested_date ?? '';
    if (date === 'latest' && day <= moscowDate(this.clock.now())) return undefined;
    return { body: found.records, headers: headersOf(found) };
  }

  private conversion(query: URLSearchParams): FirstAnswer | undefined {
    const date = dateIn(query);
    const [amount = '', from = '', to = ''] = ['amount', 'from', 'to'].map(
      (name) => query.get(name) ?? '',
    );
    if (date === null || !/^\d+(?:\.\d+)?$/.test(amount) || amount.length > LONGEST_AMOUNT) {
      return undefined;
    }
    if (![from, to].every((each) => ANY_CODE.test(each))) return undefined;
    const { about: _, ...body } = this.conversions.convert({
      ...{ amount: withoutLeadingZeros(amount), from, to, date },
      ...{ source: 'all', round: 'half_up', asOf: undefined },
    });
    return { body, headers: {} };
  }

  /** @throws UnknownCodeError */
  private checkCodes(codes: readonly string[]): void {
    const known = new Set(this.currencies.all().map((currency) => currency.code));
    for (const code of codes) {
      if (code === 'RUB' || known.has(code)) continue;
      // Throws unless there is a manual rate.
      this.rates.rateOn({
        ...{ code, date: undefined, quote: 'RUB', source: 'all' },
        ...{ restate: false, asOf: undefined },
      });
    }
  }
}

function dateIn(query: URLSearchParams) {
  const date = query.get('date') ?? undefined;
  if (date === undefined || date === 'latest' || isCalendarDate(date)) return date;
  return null;
}

function headersOf({ quarantined, notLoaded }: RatesOfDay): Record<string, string> {
  return {
    ...(quarantined.length > 0 && { 'kurs-quarantined': quarantined.join(',') }),
    ...(notLoaded.length > 0 && { 'kurs-not-loaded': notLoaded.join(',') }),
  };
}
