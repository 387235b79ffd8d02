import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../http/api-problem.js';
import { Cacheable } from '../http/conditional-get.js';
import { NoParameters } from '../http/no-parameters.dto.js';
import { DocumentChoice, SheetDate, V1Sheet } from './sheets.dto.js';
import { SheetsQueries } from './sheets.queries.js';

const NO_SHEET = {
  status: 404,
  code: 'rates.no_sheet',
  detail: '2025-12-25: no fixing of that date is stored',
};

@ApiTags('v1')
@Controller('v1/sheets')
export class SheetsController {
  constructor(private readonly sheets: SheetsQueries) {}

  /** The bank's document itself, byte for byte, in the bank's encoding (windows-1251). */
  @Get(':date.xml')
  @Cacheable()
  @ApiOkResponse({ content: { 'application/xml': { schema: { type: 'string' } } } })
  @ApiProblem(NO_SHEET)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  async getSheetXml(
    @Param() { date }: SheetDate,
    @Query() { sha256 }: DocumentChoice,
  ): Promise<StreamableFile> {
    const bytes = await this.sheets.bytes(date, sha256);
    // No charset: the document declares its own, and was UTF-8 for some days.
    return new StreamableFile(bytes, { type: 'application/xml', length: bytes.length });
  }

  /** Where the fixings of a date come from: when they were received, and in which documents. */
  @Get(':date')
  @Cacheable()
  @ApiOkResponse({ type: V1Sheet })
  @ApiProblem(NO_SHEET)
  @ApiInvalidRequest()
  @ApiDatabaseProblem()
  getSheet(@Param() { date }: SheetDate, @Query() _: NoParameters): Promise<V1Sheet> {
    return this.sheets.sheet(date);
  }
}
