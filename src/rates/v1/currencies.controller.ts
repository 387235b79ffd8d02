import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';
import {
  allRows,
  ApiRow,
  ApiRows,
  Cacheable,
  oneRow,
  type RowsAnswer,
  WantedFormat,
} from '../../http/answers/index.js';
import type { Format } from '../../common/row-writer.js';
import { NoParameters } from '../../http/requests/index.js';
import { CurrenciesQuery } from './currencies.dto.js';
import { CurrenciesService, CURRENCY_WRITER, CurrencySummary } from '../reading/index.js';
import { CodeParameter } from '../original/index.js';

@ApiTags('currencies')
@Controller('v1/currencies')
export class CurrenciesController {
  constructor(private readonly currencies: CurrenciesService) {}

  /** Currencies set today; with `scope=all` also those no longer set. */
  @Get()
  @Cacheable()
  @ApiRows(CurrencySummary)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  listCurrencies(@Query() { scope }: CurrenciesQuery, @WantedFormat() format: Format): RowsAnswer {
    const all = this.currencies.all();
    const wanted = all.filter(({ set_today }) => scope === 'all' || set_today);
    return allRows(format, CURRENCY_WRITER, wanted);
  }

  /** One currency, whether set today or not. */
  @Get(':code')
  @Cacheable()
  @ApiRow(CurrencySummary)
  @ApiProblem({
    status: 404,
    code: 'rates.unknown_code',
    detail: 'No rate of XYZ is stored',
  })
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  getCurrency(
    @Param() { code }: CodeParameter,
    @Query() _: NoParameters,
    @WantedFormat() format: Format,
  ): RowsAnswer {
    return oneRow(format, CURRENCY_WRITER, this.currencies.one(code));
  }
}
