import { Injectable } from '@nestjs/common';
import { type CalendarDate, moscowDate } from '../../common/calendar-date.js';
import type { MissingSheet } from './missing-sheet.js';
import type { RateRecord } from './rate-record.dto.js';
import { type Leg, rateRecord, recordRequest } from './rate-record.js';
import {
  explainMissing,
  explainNothing,
  type RatesInForce,
  ratesInForce,
} from './rates-in-force.js';
import { type RequestedDay, RequestedDays } from './requested-day.js';
import { isRouble, type SourceChoice } from '../model/index.js';
import { rejectOldRouble } from './old-rouble.js';

/** Requested day, codes and quote. */
export interface RatesRequest {
  date: CalendarDate | 'latest' | undefined;
  /** undefined: every currency in force. */
  codes: readonly string[] | undefined;
  /** Name of the parameter with the codes. */
  named: 'code' | 'codes';
  quote: string;
  source: SourceChoice;
  restate: boolean;
  asOf: Date | undefined;
}

/** Rates of a day, by code. */
export interface RatesOfDay {
  records: RateRecord[];
  /** Codes missing in the answer, as they are not loaded for that day. */
  notLoaded: string[];
  /** Codes whose rate, or whose quote's, is carried because a fixing of the bank is held. */
  quarantined: string[];
  /** Set if the day's sheet could not be fetched, and the previous rates are carried. */
  missingSheet: MissingSheet | null;
  /** The day is over: only a correction could change the answer. */
  isPast: boolean;
}

/** Rates in force on a day, against the rouble or any other currency. */
@Injectable()
export class RatesOnDay {
  constructor(private readonly days: RequestedDays) {}

  /** @throws InvalidRequestError, UnknownCodeError, NotLoadedError, NotSetError */
  ratesOn(request: RatesRequest): RatesOfDay {
    const { codes, named, quote, source, asOf, restate } = request;
    const day = this.days.resolve(request.date, asOf);
    rejectOldRouble({ [named]: codes, quote: [quote] }, day.date, restate);
    const isCross = !isRouble(quote);
    const currencies = codes?.filter((code) => !isRouble(code));
    const sides = currencies && isCross ? [...currencies, quote] : currencies;
    const found = ratesInForce(day, source, sides);
    if (!codes && found.rates.size === 0 && source !== 'manual') {
      throw explainNothing(day);
    }
    const wanted = (codes ?? everyCode(found, quote)).toSorted();
    const [quoteLeg = 'rouble', ...legs] = [quote, ...wanted].map((code) =>
      legIn(found, code, day, source),
    );
    const asked = recordRequest(day, restate);
    return {
      records: legs.map((leg) => rateRecord(leg, quoteLeg, asked)),
      notLoaded: codes ? [] : found.notLoaded,
      quarantined: found.quarantined,
      missingSheet: missingSheetOf(day, source),
      isPast: this.isPast(day),
    };
  }

  /** The same for one currency. */
  rateOn(
    request: Omit<RatesRequest, 'codes' | 'named'> & { code: string },
  ): { record: RateRecord } & Omit<RatesOfDay, 'records' | 'notLoaded'> {
    const { code, ...wanted } = request;
    const found = this.ratesOn({ ...wanted, codes: [code], named: 'code' });
    const { records, quarantined, missingSheet, isPast } = found;
    const [record] = records;
    if (!record) throw new RangeError(`No rate and no error for ${code}`);
    return { record, quarantined, missingSheet, isPast };
  }

  /** Both sides of a pair on a day. */
  legsOn(
    [from, to]: readonly [string, string],
    { date, source, asOf }: Pick<RatesRequest, 'date' | 'source' | 'asOf'>,
  ): { day: RequestedDay; legs: [Leg, Leg] } & Omit<RatesOfDay, 'records' | 'notLoaded'> {
    const day = this.days.resolve(date, asOf);
    rejectOldRouble({ from: [from], to: [to] }, day.date, false);
    const currencies = [from, to].filter((code) => !isRouble(code));
    const found = ratesInForce(day, source, currencies);
    const legOf = (code: string) => legIn(found, code, day, source);
    const legs: [Leg, Leg] = [legOf(from), legOf(to)];
    const { quarantined } = found;
    const missingSheet = missingSheetOf(day, source);
    return { day, legs, quarantined, missingSheet, isPast: this.isPast(day) };
  }

  private isPast(day: RequestedDay): boolean {
    return day.date < moscowDate(this.days.now(undefined));
  }
}

/** @throws what explainMissing returns, for a code without a rate */
function legIn(
  { rates }: RatesInForce,
  code: string,
  day: RequestedDay,
  source: SourceChoice,
): Leg {
  const leg = isRouble(code) ? 'rouble' : rates.get(code);
  if (!leg) throw explainMissing(code, day, source);
  return leg;
}

/** A past day without its sheet is not loaded; today and later, the previous rates are carried. */
function missingSheetOf(
  { date, isOpen, newestSheet, known }: RequestedDay,
  source: SourceChoice,
): MissingSheet | null {
  if (!isOpen || source === 'manual') return null;
  const isMissing = (day: CalendarDate) =>
    day <= date && (newestSheet === null || newestSheet < day);
  const last = [...known.missing].filter(([day]) => isMissing(day)).at(-1);
  return last ? { date: last[0], code: last[1] } : null;
}

function everyCode({ rates }: RatesInForce, quote: string): string[] {
  return isRouble(quote)
    ? [...rates.keys()]
    : [...rates.keys(), 'RUB'].filter((code) => code !== quote);
}
