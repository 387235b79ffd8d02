import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import {
  derived,
  dividedBy,
  fraction,
  rounded,
  type RoundingMode,
  times,
} from '../../common/rate-arithmetic.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { isRouble, minorUnitOf, roubleOf, type SourceChoice } from '../model/index.js';
import type { RateRecord } from './rate-record.dto.js';
import { priceOf, rateRecord, recordRequest } from './rate-record.js';
import { type RatesOfDay, RatesOnDay } from './rates-on-day.js';

/** Conversion through the rouble, at the rates in force on a day. */
export interface ConversionRequest {
  amount: DecimalText;
  from: string;
  to: string;
  date: CalendarDate | 'latest' | undefined;
  source: SourceChoice;
  round: RoundingMode;
  asOf: Date | undefined;
}

/** Its result; fields as in `conversion.dto.ts`. */
export interface Conversion {
  amount: DecimalText;
  from: string;
  to: string;
  requested_date: CalendarDate;
  result: DecimalText;
  rounded: DecimalText | null;
  round: RoundingMode;
  rates: RateRecord[];
}

/** Converts amounts: exact multiplication and division, rounded once. */
@Injectable()
export class ConversionService {
  constructor(private readonly rates: RatesOnDay) {}

  /** @throws InvalidRequestError, UnknownCodeError, NotLoadedError, NotSetError */
  convert(
    request: ConversionRequest,
  ): Conversion & { about: Omit<RatesOfDay, 'records' | 'notLoaded'> } {
    const { amount, from, to, round } = request;
    if (from === to || (isRouble(from) && isRouble(to))) {
      throw InvalidRequestError.of('to', 'to must be another currency than from');
    }
    const { day, legs, ...about } = this.rates.legsOn([from, to], request);
    const [fromLeg, toLeg] = legs;
    const { date: requested_date } = day;
    const rouble = roubleOf(requested_date);
    const codeOf = (code: string) => (isRouble(code) ? rouble : code);
    const exact = times(
      fraction(amount),
      dividedBy(priceOf(fromLeg, rouble), priceOf(toLeg, rouble)),
    );
    const decimals = minorUnitOf(codeOf(to));
    const asked = recordRequest(day, false);
    return {
      amount,
      from: codeOf(from),
      to: codeOf(to),
      requested_date,
      result: derived(exact),
      rounded: decimals === null ? null : rounded(exact, decimals, round),
      round,
      rates: legs.filter((leg) => leg !== 'rouble').map((leg) => rateRecord(leg, 'rouble', asked)),
      about,
    };
  }
}
