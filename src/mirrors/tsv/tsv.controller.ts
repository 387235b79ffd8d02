import { applyDecorators, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { Response } from 'express';
import { dateOfParts } from '../../common/calendar-date.js';
import type { Quotation } from '../../common/decimal.js';
import { nameQuarantined, ShortAnswer } from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { ApiProblem } from '../../http/problems/index.js';
import { NumberedRates } from '../../rates/reading/index.js';
import { bankDecimal, compactDate, MirrorController, MirrorRoute } from '../answers/index.js';
import { LastChange } from './last-change.js';
import { HeldRateError, NoRateError } from './tsv.errors.js';

/** The path where currencyrates.1c.ru has what cbrates.rbc.ru has at its root. */
const OF_1C = 'exchangerate/v1';

const ApiTsv = (...names: Parameters<typeof ApiAnswerHeaders>) =>
  applyDecorators(
    ApiParam({ name: 'number', type: String, description: 'ISO number', example: '840' }),
    ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } }),
    ApiAnswerHeaders('Last-Modified', ...names),
    ApiProblem({
      status: 404,
      code: 'rates.not_set',
      detail: 'The currency 840 has no rate on 1992-06-30. Also `rates.unknown_code`',
    }),
  );

const ApiDay = () =>
  applyDecorators(
    ApiParam({ name: 'year', type: String, description: 'Year, four digits', example: '2026' }),
    ApiParam({ name: 'month', type: String, description: 'Month', example: '04' }),
    ApiParam({ name: 'day', type: String, description: 'Day of the month', example: '25' }),
    ApiTsv(),
  );

/** Tab-separated rates for 1C's loaders. */
@MirrorController('mirror: 1C, RBC')
export class TsvController {
  constructor(
    private readonly rates: NumberedRates,
    private readonly change: LastChange,
  ) {}

  /** The rate in force on a day: nominal and value. */
  @MirrorRoute('tsv/:number/:year/:month/:day.tsv')
  @ApiDay()
  getTsv(
    @Param() day: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    return this.ofDay(day, response);
  }

  /** The rate in force on a day, at the address of currencyrates.1c.ru. */
  @MirrorRoute(`${OF_1C}/tsv/:number/:year/:month/:day.tsv`)
  @ApiDay()
  getTsvOf1C(
    @Param() day: Record<string, string>,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    return this.ofDay(day, response);
  }

  /** Every fixing since 1992, oldest first: day, nominal and value. */
  @MirrorRoute('tsv/cb/:number.tsv')
  @ApiTsv()
  getTsvHistory(
    @Param('number') number: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ShortAnswer> {
    return this.history(number, response);
  }

  /** Every fixing since 1992, at the address of currencyrates.1c.ru. */
  @MirrorRoute(`${OF_1C}/tsv/cb/:number.tsv`)
  @ApiTsv()
  getTsvHistoryOf1C(
    @Param('number') number: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ShortAnswer> {
    return this.history(number, response);
  }

  private ofDay(
    { number = '', year = '', month = '', day = '' }: Record<string, string>,
    response: Response,
  ): ShortAnswer {
    const date = dateOfParts(year, month, day);
    if (!date) throw new NoRateError(number, [year, month, day].join('-'));
    const found = this.rates.inForce(threeDigits(number), date);
    const { nominal, value } = found?.record ?? {};
    if (!found || nominal == null || value == null) throw new NoRateError(number, date);
    nameQuarantined(response, found.quarantined);
    // Its clients store the line under the day, and see neither its date nor a header.
    if (found.quarantined.length > 0) throw new HeldRateError(number, date);
    return this.answer(line({ nominal, value }), response);
  }

  private async history(number: string, response: Response): Promise<ShortAnswer> {
    let text = '';
    for await (const page of this.rates.history(threeDigits(number))) {
      for (const fixing of page) {
        text += `${compactDate(fixing.effective_date)}\t${line(fixing)}`;
      }
    }
    return this.answer(text, response);
  }

  private answer(text: string, response: Response): ShortAnswer {
    const { httpDate } = this.change;
    if (httpDate !== undefined) response.setHeader('Last-Modified', httpDate);
    return new ShortAnswer(Buffer.from(text), 'text/plain; charset=utf-8');
  }
}

/** The classifier of 1C has leading zeros, some programs leave them out. */
function threeDigits(number: string): string {
  return number.padStart(3, '0');
}

function line({ nominal, value }: Quotation): string {
  return `${nominal}\t${bankDecimal(value)}\n`;
}
