import { Readable } from 'node:stream';
import { Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DateRange } from '../../common/date-range.js';
import { times } from '../../common/rate-arithmetic.js';
import {
  LongAnswer,
  nameQuarantined,
  type RowsAnswer,
  ShortAnswer,
} from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { MirrorController } from '../answers/index.js';
import { FrankfurterRoute } from './frankfurter-route.js';
import { type CrossRate, numberOf } from './cross-rates.js';
import { FrankfurterNotFoundError } from './frankfurter.errors.js';
import { FrankfurterFilter } from './frankfurter.filter.js';
import { FrankfurterRates } from './frankfurter-rates.js';
import { dateOf } from './query-values.js';
import { type V1Query, v1Query } from './v1-query.js';

const PERIOD = /^(\d{4}-\d{2}-\d{2})(?:(\.\.)(\d{4}-\d{2}-\d{2})?)?$/;
const JSON_TYPE = 'application/json; charset=utf-8';
/** Answers with more rates count as long ones. */
const RATES_OF_A_SHORT_ANSWER = 1_000;

/** Version 1 of Frankfurter, under a path of its own: its `/v1/currencies` is another route of Kurs. */
@MirrorController('mirror: Frankfurter')
@UseFilters(FrankfurterFilter)
export class FrankfurterV1Controller {
  constructor(private readonly rates: FrankfurterRates) {}

  /**
   * Rates of `latest`, of a day (`2025-04-04`) or of a range (`2025-04-01..2025-04-04`, `2025-04-01..`), from a `base`
   * (EUR) to `symbols` (all), times an `amount` (1).
   */
  @FrankfurterRoute('frankfurter/v1/:period')
  @ApiAnswerHeaders('Kurs-Quarantined')
  @ApiParam({
    name: 'period',
    type: String,
    description: '`latest`, a date, or a range `<date>..<date>`',
    example: 'latest',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  async getFrankfurterV1Rates(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('period') period: string,
  ): Promise<RowsAnswer> {
    const [, first, dots, last] = PERIOD.exec(period) ?? [];
    const isLatest = /^(?:latest|current)$/i.test(period);
    if (first === undefined && !isLatest) throw new FrankfurterNotFoundError();
    const [from, to] = [dateOf(first), dateOf(last)];
    const asked = v1Query(request);
    if (from === undefined || dots === undefined) {
      return this.day(from ?? this.rates.today, asked, response);
    }
    const range = { from, to: to ?? this.rates.today };
    nameQuarantined(response, this.rates.heldWithin(range, asked));
    return this.range(range, asked);
  }

  private day(date: CalendarDate, asked: V1Query, response: Response): ShortAnswer {
    const { rates: all, held } = this.rates.on(date, asked);
    nameQuarantined(response, held);
    const rates = all.filter(({ isIdentity }) => !isIdentity);
    const newest = rates
      .map((rate) => rate.date)
      .sort()
      .at(-1);
    if (newest === undefined) throw new FrankfurterNotFoundError();
    const { amount, base } = asked;
    const members = rates.map((rate) => member(rate, asked)).join(',');
    const text = `{"amount":${amount},"base":"${base}","date":"${newest}","rates":{${members}}}`;
    return new ShortAnswer(Buffer.from(text), JSON_TYPE);
  }

  private async range(range: DateRange, asked: V1Query): Promise<RowsAnswer> {
    const days = new Map<CalendarDate, string>();
    let count = 0;
    for await (const page of this.rates.within(range, asked)) {
      for (const rate of page.filter(({ isIdentity }) => !isIdentity)) {
        const others = days.get(rate.date);
        const own = member(rate, asked);
        days.set(rate.date, others === undefined ? own : `${others},${own}`);
        count += 1;
      }
    }
    const dates = [...days.keys()].sort();
    const [start, end] = [dates[0], dates.at(-1)];
    if (start === undefined || end === undefined) throw new FrankfurterNotFoundError();
    const { amount, base } = asked;
    const rates = dates.map((date) => `"${date}":{${days.get(date) ?? ''}}`).join(',');
    const text =
      `{"amount":${amount},"base":"${base}","start_date":"${start}","end_date":"${end}",` +
      `"rates":{${rates}}}`;
    const bytes = Buffer.from(text);
    return count <= RATES_OF_A_SHORT_ANSWER
      ? new ShortAnswer(bytes, JSON_TYPE)
      : new LongAnswer(Readable.from([bytes]), { type: JSON_TYPE });
  }
}

function member({ quote, rate }: CrossRate, { factor }: V1Query): string {
  return `"${quote}":${numberOf(times(factor, rate))}`;
}
