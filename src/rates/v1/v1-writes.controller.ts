import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Header,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAnswerHeaders } from '../../http/documents/index.js';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';
import { Caller, Write } from '../../http/access/index.js';
import { isNamed } from '../../http/answers/index.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { NoParameters, TakesJson } from '../../http/requests/index.js';
import { keyOfCaller, RateEditsService } from '../editing/index.js';
import { PreconditionFailedError, type RateEntity } from '../model/index.js';
import { CreateRate, rejectEmptyEdit, UpdateRate } from '../original/index.js';
import { storedRateJson, tagOf } from './stored-rate.js';
import { V1RateId, V1StoredRate } from './v1-writes.dto.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const KEY = /^[\x21-\x7e]{1,255}$/;
const NOT_FOUND = { status: 404, code: 'rates.not_found', detail: 'There is no rate with id 149' };
const CHANGED = {
  status: 412,
  code: 'rates.changed',
  detail: 'Rate 149 has changed; its current ETag is that of this answer',
};
const IF_MATCH = {
  name: 'If-Match',
  description:
    'ETag of the expected version, from GET of the same address. If the rate has changed, the answer is 412 with the current rate and its tag',
  required: false,
  example: '"5f2b7a90c1d2e3f405162738"',
};

/** Creates, changes and deletes rates by the same rules as the routes under `/rates`. */
@ApiTags('manual rates')
@Controller('v1/rates')
@ApiDatabaseProblem()
export class V1WritesController {
  constructor(private readonly edits: RateEditsService) {}

  /**
   * Creates a manual rate, and announces it as `rate_created`. With an `Idempotency-Key`, a repeated request gets the
   * first answer for seven days, and creates nothing.
   */
  @Post()
  @TakesJson()
  @Write('write')
  @Header('Content-Type', JSON_TYPE)
  @ApiHeader({
    name: 'Idempotency-Key',
    description: '1 to 255 printable characters, new for every rate; scoped to the API key',
    required: false,
    example: 'f3a1c7e2-0b1d-4b0e-9d57-2d1c7c1f8a55',
  })
  @ApiCreatedResponse({ type: V1StoredRate })
  @ApiAnswerHeaders('ETag', 'Idempotent-Replayed')
  @ApiInvalidRequest()
  async createV1Rate(
    @Query() _: NoParameters,
    @Body() rate: CreateRate,
    @Headers('idempotency-key') key: string | undefined,
    @Caller() caller: string | null,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    if (key === undefined) {
      return labelled(response, storedRateJson(await this.edits.create(rate, caller)));
    }
    if (!KEY.test(key)) {
      const message = 'Idempotency-Key must be 1 to 255 printable characters';
      throw InvalidRequestError.of('Idempotency-Key', message);
    }
    const repeated = { key: keyOfCaller(caller, key), request_sha256: hashOf(rate) };
    const kept = await this.edits.createOnce(rate, caller, repeated, storedRateJson);
    if (kept.isRepeated) response.set('Idempotent-Replayed', 'true');
    return labelled(response, kept.answer);
  }

  /** Changes the name or the value of any rate; an official one becomes manual. */
  @Patch(':id')
  @TakesJson()
  @Write('write')
  @Header('Content-Type', JSON_TYPE)
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: V1StoredRate })
  @ApiAnswerHeaders('ETag')
  @ApiProblem(NOT_FOUND)
  @ApiProblem(CHANGED)
  @ApiInvalidRequest()
  async updateV1Rate(
    @Param() { id }: V1RateId,
    @Query() _: NoParameters,
    @Body() edit: UpdateRate,
    @Headers('if-match') wanted: string | undefined,
    @Caller() caller: string | null,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    rejectEmptyEdit(edit);
    const edited = await this.edits.update(id, edit, caller, isVersion(wanted, response));
    return labelled(response, storedRateJson(edited));
  }

  /** Deletes any rate; its last version becomes a revision. */
  @Delete(':id')
  @Write('write')
  @HttpCode(204)
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @ApiProblem(NOT_FOUND)
  @ApiProblem(CHANGED)
  @ApiInvalidRequest()
  deleteV1Rate(
    @Param() { id }: V1RateId,
    @Query() _: NoParameters,
    @Headers('if-match') wanted: string | undefined,
    @Caller() caller: string | null,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.edits.delete(id, caller, isVersion(wanted, response));
  }
}

/** Hash of the request's meaning, independent of the order and spelling of its fields. */
function hashOf({ code, name, value, nominal, effective_date }: CreateRate): string {
  const meaning = JSON.stringify([code, name, value, nominal ?? null, effective_date ?? null]);
  return createHash('sha256').update(meaning).digest('hex');
}

function labelled(response: Response, storedRate: string): string {
  response.set('ETag', tagOf(storedRate));
  return storedRate;
}

/** Rejects a version that `If-Match` does not name, with the tag of the current one. */
function isVersion(ifMatch: string | undefined, response: Response): (rate: RateEntity) => void {
  return (rate) => {
    const stored = storedRateJson(rate);
    if (ifMatch === undefined || isNamed(tagOf(stored), ifMatch)) return;
    labelled(response, stored);
    throw new PreconditionFailedError(JSON.parse(stored) as V1StoredRate);
  };
}
