import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';
import { ApiPrefilled } from '../../http/documents/index.js';
import { Caller, Write } from '../../http/access/index.js';
import { ApiLongAnswers, jsonArray, Cached, type RowsAnswer } from '../../http/answers/index.js';
import { NoParameters, TakesJson } from '../../http/requests/index.js';
import { RateEditsService } from '../editing/index.js';
import { rateEntityJson, rateJson } from '../model/index.js';
import { Rate } from './rate.dto.js';
import {
  CodeListingQuery,
  CodeParameter,
  CreateRate,
  ListingQuery,
  RateId,
  rejectEmptyEdit,
  UpdateRate,
  UpdateRateQuery,
} from './rates.dto.js';
import { StoredRates, type RateListing } from './stored-rates.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const NOT_FOUND = { status: 404, code: 'rates.not_found', detail: 'There is no rate with id 149' };
const UNKNOWN_CODE = {
  status: 404,
  code: 'rates.unknown_code',
  detail: 'No rate of XYZ is stored',
};

/** Routes of the original service, supported permanently. */
@ApiTags('compatible with the original')
@Controller('rates')
@ApiDatabaseProblem()
export class RatesController {
  constructor(
    private readonly queries: StoredRates,
    private readonly edits: RateEditsService,
  ) {}

  /** All rates, newest first (`created_at`, then `id`), streamed. Without `limit`, all of them. */
  @Get('get')
  @ApiPrefilled('limit')
  @Cached()
  @ApiLongAnswers()
  @ApiOkResponse({ type: [Rate] })
  @ApiInvalidRequest()
  listRates(@Query() { limit, offset }: ListingQuery): Promise<RowsAnswer> {
    return jsonArray(this.queries.newestFirst({ limit, offset }), rateJson);
  }

  /** History of one currency, newest first. */
  @Get('get/code')
  @ApiPrefilled('limit')
  @Cached()
  @ApiLongAnswers()
  @ApiOkResponse({ type: [Rate] })
  @ApiProblem(UNKNOWN_CODE)
  @ApiInvalidRequest()
  listRatesOfCode(@Query() listing: CodeListingQuery): Promise<RowsAnswer> {
    return this.history(listing);
  }

  /** History of one currency, newest first. */
  @Get('get/:code')
  @ApiPrefilled('limit')
  @Cached()
  @ApiLongAnswers()
  @ApiOkResponse({ type: [Rate] })
  @ApiProblem(UNKNOWN_CODE)
  @ApiInvalidRequest()
  listRatesOfCodeInPath(
    @Param() { code }: CodeParameter,
    @Query() listing: ListingQuery,
  ): Promise<RowsAnswer> {
    return this.history({ ...listing, code });
  }

  /** Creates a manual rate, and announces it as `rate_created`. */
  @Post('create')
  @TakesJson()
  @Write('write')
  @Header('Content-Type', JSON_TYPE)
  @ApiCreatedResponse({ type: Rate })
  @ApiInvalidRequest()
  async createRate(
    @Query() _: NoParameters,
    @Body() rate: CreateRate,
    @Caller() caller: string | null,
  ): Promise<string> {
    return rateEntityJson(await this.edits.create(rate, caller));
  }

  /** Creates a manual rate. Alternative form of `POST /rates/create` from the original service. */
  @Get('create')
  @HttpCode(201)
  @Write('write')
  @Header('Content-Type', JSON_TYPE)
  @ApiOperation({ deprecated: true })
  @ApiCreatedResponse({ type: Rate })
  @ApiInvalidRequest()
  async createRateByGet(
    @Query() rate: CreateRate,
    @Caller() caller: string | null,
  ): Promise<string> {
    return rateEntityJson(await this.edits.create(rate, caller));
  }

  /**
   * Changes the name or the value of any rate, and announces it as `rate_updated`. An official rate becomes manual;
   * its official version is kept, and is replaced when the bank publishes another value.
   */
  @Patch('update')
  @TakesJson()
  @Write('write')
  @Header('Content-Type', JSON_TYPE)
  @ApiOkResponse({ type: Rate })
  @ApiProblem(NOT_FOUND)
  @ApiInvalidRequest()
  updateRate(
    @Query() { rate_id }: RateId,
    @Body() edit: UpdateRate,
    @Caller() caller: string | null,
  ): Promise<string> {
    return this.edit(rate_id, edit, caller);
  }

  /** Changes a rate. Alternative form of `PATCH /rates/update` from the original service. */
  @Get('update')
  @ApiPrefilled('value')
  @Write('write')
  @Header('Content-Type', JSON_TYPE)
  @ApiOperation({ deprecated: true })
  @ApiOkResponse({ type: Rate })
  @ApiProblem(NOT_FOUND)
  @ApiInvalidRequest()
  updateRateByGet(
    @Query() { rate_id, ...edit }: UpdateRateQuery,
    @Caller() caller: string | null,
  ): Promise<string> {
    return this.edit(rate_id, edit, caller);
  }

  /** Deletes any rate, and announces it as `rate_deleted`. Its last version becomes a revision. */
  @Delete('delete')
  @Write('write')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblem(NOT_FOUND)
  @ApiInvalidRequest()
  deleteRate(@Query() { rate_id }: RateId, @Caller() caller: string | null): Promise<void> {
    return this.edits.delete(rate_id, caller);
  }

  private history(listing: RateListing & { code: string }): Promise<RowsAnswer> {
    return jsonArray(this.queries.historyOf(listing), rateJson);
  }

  private async edit(id: number, edit: UpdateRate, caller: string | null): Promise<string> {
    rejectEmptyEdit(edit);
    return rateEntityJson(await this.edits.update(id, edit, caller));
  }
}
