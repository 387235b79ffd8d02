import { Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { CalendarDate } from '../../common/calendar-date.js';
import { times } from '../../common/rate-arithmetic.js';
import {
  nameQuarantined,
  type RowsAnswer,
  ShortAnswer,
  textRows,
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

/** Version 1 of Frankfurter, under a path of its own: its `/v1/currencies` is another route of Kurs. */
@MirrorController('mirror: Frankfurter')
@UseFilters(FrankfurterFilter)
export class FrankfurterV1Controller {
  constructor(private readonly rates: FrankfurterRates) {}

  /**
   * Rates of a day, or of a range. The period is `latest`, a day (`2025-04-04`) or a range (`2025-04-01..2025-04-04`,
   * `2025-04-01..`). From a `base` (EUR) to `symbols` (all), times an `amount` (1).
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
    const pieces = rangeText(this.rates.within(range, asked), asked);
    return textRows(pieces, { type: JSON_TYPE, open: '', row: (piece) => piece, close: '' });
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
}

/**
 * The text of a range, a piece for each rate. Its last day stands after the rates, because it is known then.
 *
 * @throws FrankfurterNotFoundError before the first piece
 */
async function* rangeText(
  pages: AsyncIterable<CrossRate[]>,
  asked: V1Query,
): AsyncGenerator<string[]> {
  let last: CalendarDate | undefined;
  for await (const page of pages) {
    yield page
      .filter(({ isIdentity }) => !isIdentity)
      .map((rate) => {
        const { date } = rate;
        const start =
          last === undefined
            ? `{"amount":${asked.amount},"base":"${asked.base}","start_date":"${date}","rates":{`
            : '},';
        const before = date === last ? ',' : `${start}"${date}":{`;
        last = date;
        return before + member(rate, asked);
      });
  }
  if (last === undefined) throw new FrankfurterNotFoundError();
  yield [`}},"end_date":"${last}"}`];
}

function member({ quote, rate }: CrossRate, { factor }: V1Query): string {
  return `"${quote}":${numberOf(times(factor, rate))}`;
}
