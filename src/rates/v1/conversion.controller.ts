import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { Cacheable } from '../../http/answers/index.js';
import { describeAnswer } from './answer-headers.js';
import { ConversionQuery, V1Conversion } from './conversion.dto.js';
import { ConversionService } from '../reading/index.js';
import { ApiRateProblems } from './v1-problems.js';

@ApiTags('conversion')
@Controller('v1/convert')
export class ConversionController {
  constructor(private readonly conversion: ConversionService) {}

  /** Converts an amount through the rouble, at the rates in force on a day. */
  @Get()
  @Cacheable()
  @ApiOkResponse({ type: V1Conversion })
  @ApiAnswerHeaders('Kurs-Quarantined', 'Kurs-Missing-Sheet')
  @ApiRateProblems()
  convert(
    @Query() query: ConversionQuery,
    @Res({ passthrough: true }) response: Response,
  ): V1Conversion {
    const wanted = { ...query, date: query.date, asOf: query.as_of };
    const { about, ...conversion } = this.conversion.convert(wanted);
    describeAnswer(response, { source: query.source, ...about });
    return conversion;
  }
}
