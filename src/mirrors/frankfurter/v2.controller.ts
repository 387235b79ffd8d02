import { Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  acceptedFormat,
  jsonArray,
  MEDIA_TYPES,
  nameQuarantined,
  type RowsAnswer,
  ShortAnswer,
  textRows,
} from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { MirrorController, onePage } from '../answers/index.js';
import { FrankfurterRoute } from './frankfurter-route.js';
import { type CrossRate, numberOf } from './cross-rates.js';
import { FrankfurterNotFoundError } from './frankfurter.errors.js';
import { FrankfurterFilter } from './frankfurter.filter.js';
import { FrankfurterRates } from './frankfurter-rates.js';
import { PROVIDER } from './query-values.js';
import { type V2Query, v2Query } from './v2-query.js';

/** Version 2 of Frankfurter, at the root, where its clients look for it. */
@MirrorController('mirror: Frankfurter')
@UseFilters(FrankfurterFilter)
export class FrankfurterV2Controller {
  constructor(private readonly rates: FrankfurterRates) {}

  /**
   * Rates of a day, or of a range. `from` and `to` name a range; from a `base` (EUR) to `quotes` (all). By `group`
   * averages of weeks or months. `Accept: application/x-ndjson` or `text/csv` chooses the format.
   */
  @FrankfurterRoute('v2/rates')
  @ApiAnswerHeaders('Kurs-Quarantined')
  @ApiOkResponse({
    content: {
      'application/json': { schema: { type: 'array', items: { type: 'object' } } },
      'application/x-ndjson': { schema: { type: 'string' } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  getFrankfurterRates(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    // Whatever else is accepted, Frankfurter answers JSON.
    const format = acceptedFormat(request) ?? 'json';
    const query = this.query(request);
    if (format === 'ndjson') {
      return textRows(this.pages(query, response), {
        type: MEDIA_TYPES.ndjson,
        open: '',
        row: (rate) => `${jsonOf(rate, query)}\n`,
        close: '',
      });
    }
    return format === 'csv'
      ? this.csv(query, response)
      : jsonArray(this.pages(query, response), (rate) => jsonOf(rate, query));
  }

  /** Rates of a day, or of a range, as CSV. */
  @FrankfurterRoute('v2/rates.csv')
  @ApiAnswerHeaders('Kurs-Quarantined')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  getFrankfurterRatesCsv(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RowsAnswer> {
    return this.csv(this.query(request), response);
  }

  /** The rate of one pair. */
  @FrankfurterRoute('v2/rate/:base/:quote')
  @ApiAnswerHeaders('Kurs-Quarantined')
  @ApiParam({
    name: 'base',
    type: String,
    description: 'Base currency, an ISO code',
    example: 'USD',
  })
  @ApiParam({
    name: 'quote',
    type: String,
    description: 'Quote currency, an ISO code',
    example: 'RUB',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  async getFrankfurterRate(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('base') base: string,
    @Param('quote') quote: string,
  ): Promise<ShortAnswer> {
    const query = this.query(request, { base, quotes: quote });
    for await (const [rate] of this.pages(query, response)) {
      if (!rate) continue;
      return new ShortAnswer(Buffer.from(jsonOf(rate, query)), 'application/json; charset=utf-8');
    }
    throw new FrankfurterNotFoundError();
  }

  private query(request: Request, fixed?: Record<string, string>): V2Query {
    return v2Query(request, this.rates.today, (code) => this.rates.knows(code), fixed);
  }

  private pages(
    { scope, group, ...pairs }: V2Query,
    response: Response,
  ): AsyncGenerator<CrossRate[]> {
    if (scope === undefined || typeof scope === 'string') {
      const { rates, held } = this.rates.on(scope ?? this.rates.today, pairs);
      nameQuarantined(response, held);
      return onePage(rates);
    }
    nameQuarantined(response, this.rates.heldWithin(scope, pairs));
    return group ? this.rates.grouped(scope, group, pairs) : this.rates.within(scope, pairs);
  }

  private csv(query: V2Query, response: Response): Promise<RowsAnswer> {
    return textRows(this.pages(query, response), {
      type: MEDIA_TYPES.csv,
      open: `date,base,quote,rate${query.isExpanded ? ',providers' : ''}\n`,
      row: (rate) => {
        const provider = rate.isIdentity ? '' : `${PROVIDER}:${digitsOf(rate)}`;
        const { date, base, quote } = rate;
        const line = `${date},${base},${quote},${digitsOf(rate)}`;
        return `${line}${query.isExpanded ? `,${provider}` : ''}\n`;
      },
      close: '',
    });
  }
}

function digitsOf({ rate, isIdentity }: CrossRate): string {
  return isIdentity ? '1.0' : numberOf(rate);
}

function jsonOf(rate: CrossRate, { isExpanded }: V2Query): string {
  const { date, base, quote, isIdentity } = rate;
  const number = digitsOf(rate);
  const providers =
    isExpanded && !isIdentity ? `,"providers":[{"key":"${PROVIDER}","rate":${number}}]` : '';
  return `{"date":"${date}","base":"${base}","quote":"${quote}","rate":${number}${providers}}`;
}
