import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Cacheable } from '../../http/answers/index.js';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { RatesOnDay, RequestedDays } from '../reading/index.js';
import { describeAnswer } from './answer-headers.js';
import { dayWorkbook } from './day-workbook.js';
import { ApiRateProblems } from './v1-problems.js';
import { WorkbookQuery } from './workbook.dto.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('rates')
@Controller('v1/rates.xlsx')
export class WorkbookController {
  constructor(
    private readonly rates: RatesOnDay,
    private readonly days: RequestedDays,
  ) {}

  /**
   * Rates in force on a day, as a workbook of Excel. Figures are numbers with the decimals that the bank published.
   */
  @Get()
  @Cacheable()
  @ApiOkResponse({ content: { [XLSX]: { schema: { type: 'string', format: 'binary' } } } })
  @ApiAnswerHeaders('Kurs-Not-Loaded', 'Kurs-Quarantined', 'Kurs-Missing-Sheet')
  @ApiRateProblems()
  async getV1Workbook(
    @Query() { date, source, as_of: asOf, lang: language }: WorkbookQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const wanted = { codes: undefined, named: 'codes', quote: 'RUB', restate: false } as const;
    const { records, ...known } = this.rates.ratesOn({ ...wanted, date, source, asOf });
    const day = records[0]?.requested_date ?? this.days.resolve(date, asOf).date;
    const bytes = await dayWorkbook(records, { date: day, language });
    describeAnswer(response, { source, ...known });
    const disposition = `attachment; filename="kurs-${day}.xlsx"`;
    return new StreamableFile(bytes, { type: XLSX, disposition, length: bytes.length });
  }
}
