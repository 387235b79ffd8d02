import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';
import { Caller, Write } from '../../http/access/index.js';
import { Cacheable } from '../../http/answers/index.js';
import { NoParameters, TakesJson } from '../../http/requests/index.js';
import { SheetWithdrawals } from '../recording/index.js';
import {
  DocumentChoice,
  SheetDate,
  V1Sheet,
  V1SheetWithdrawal,
  WithdrawSheet,
} from './sheets.dto.js';
import { SheetsQueries } from '../reading/index.js';

const NO_SHEET = {
  status: 404,
  code: 'rates.no_sheet',
  detail: '2025-12-25: no fixing of that date is stored',
};

const WITHDRAWN = {
  status: 409,
  code: 'rates.already_withdrawn',
  detail: 'The sheet of 2025-12-25 is already withdrawn',
};

@ApiTags('sheets')
@Controller('v1/sheets')
export class SheetsController {
  constructor(
    private readonly sheets: SheetsQueries,
    private readonly withdrawals: SheetWithdrawals,
  ) {}

  /** The bank's document, byte for byte, in its encoding (windows-1251). One that another Kurs built is marked. */
  @Get(':date.xml')
  @Cacheable()
  @ApiOkResponse({ content: { 'application/xml': { schema: { type: 'string' } } } })
  @ApiAnswerHeaders('Kurs-Built')
  @ApiProblem(NO_SHEET)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  async getSheetXml(
    @Param() { date }: SheetDate,
    @Query() { sha256 }: DocumentChoice,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { bytes, isBuilt } = await this.sheets.bytes(date, sha256);
    if (isBuilt) response.setHeader('Kurs-Built', 'true');
    // No charset: the document declares its own, and was UTF-8 for some days.
    return new StreamableFile(bytes, { type: 'application/xml', length: bytes.length });
  }

  /** Provenance of the fixings of a date. When they were received, and in which documents. */
  @Get(':date')
  @Cacheable()
  @ApiOkResponse({ type: V1Sheet })
  @ApiProblem(NO_SHEET)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  getSheet(@Param() { date }: SheetDate, @Query() _: NoParameters): V1Sheet {
    return this.sheets.sheet(date);
  }

  /**
   * Withdraws a sheet. Its rates become revisions, each with an event `rate_deleted`, and the sheet before it is in
   * force again. It stays withdrawn while the bank sends the same figures; a sheet with other figures is recorded.
   */
  @Post(':date/withdraw')
  @HttpCode(200)
  @TakesJson()
  @Write('write')
  @ApiOkResponse({ type: V1SheetWithdrawal })
  @ApiProblem(NO_SHEET)
  @ApiProblem(WITHDRAWN)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  async withdrawSheet(
    @Param() { date }: SheetDate,
    @Query() _: NoParameters,
    @Body() { reason }: WithdrawSheet,
    @Caller() caller: string | null,
  ): Promise<V1SheetWithdrawal> {
    const { withdrawn_at, ...outcome } = await this.withdrawals.withdraw(date, reason, caller);
    return { ...outcome, withdrawn_at: withdrawn_at.toISOString() };
  }
}
