import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';
import { Caller, Write } from '../../http/access/index.js';
import { Cacheable } from '../../http/answers/index.js';
import { quarantinedFixingJson, quarantineItemJson } from './quarantine-json.js';
import {
  ANY_ITEM,
  QuarantineId,
  QuarantineQuery,
  type V1QuarantineItem,
  V1QuarantinedFixing,
  V1Verdict,
  VerdictQuery,
} from './quarantine.dto.js';
import { QuarantineQueries } from '../reading/index.js';
import { V1QuarantinedSheet } from './quarantined-sheet.dto.js';
import { QuarantineService, type Verdict } from '../quarantine/index.js';

const UNKNOWN = {
  status: 404,
  code: 'rates.not_quarantined',
  detail: 'There is no item with id 7',
};
const DECIDED = {
  status: 409,
  code: 'rates.already_decided',
  detail: 'Item 7 is already accepted',
};

/** Held items await a decision: they are neither served nor announced. */
@ApiTags('quarantine')
@Controller('v1/quarantine')
@ApiInvalidRequest()
@ApiDatabaseProblem()
export class QuarantineController {
  constructor(
    private readonly queries: QuarantineQueries,
    private readonly service: QuarantineService,
  ) {}

  /**
   * Held items, newest first. By `kind`: a single fixing, or sheets that lack too many currencies of the sheet
   * before.
   */
  @Get()
  @Cacheable()
  @ApiExtraModels(V1QuarantinedFixing, V1QuarantinedSheet)
  @ApiOkResponse({ schema: { type: 'array', items: ANY_ITEM } })
  listQuarantine(@Query() { state, before, limit }: QuarantineQuery): V1QuarantineItem[] {
    return this.queries.list({ state, before, limit }).map(quarantineItemJson);
  }

  /**
   * Records the item as the bank's, with its events. Later fixings of the same currency that no longer jump are
   * recorded too, so one call is enough after volatile days. Of sheets all dates are recorded; a jump among them is
   * held separately, and the currencies that they lack are no longer set.
   */
  @Post(':id/accept')
  @HttpCode(200)
  @Write('write')
  @ApiOkResponse({ type: V1Verdict })
  @ApiProblem(UNKNOWN)
  @ApiProblem(DECIDED)
  acceptQuarantined(
    @Param() { id }: QuarantineId,
    @Query() { whole_sheet }: VerdictQuery,
    @Caller() caller: string | null,
  ): Promise<V1Verdict> {
    return this.decide(id, { state: 'accepted', isWholeSheet: whole_sheet, decided_by: caller });
  }

  /**
   * Discards the item. It may still be accepted later, or replaced by another value of the bank. Later sheets with
   * the same currencies as a rejected one are rejected with it.
   */
  @Post(':id/reject')
  @HttpCode(200)
  @Write('write')
  @ApiOkResponse({ type: V1Verdict })
  @ApiProblem(UNKNOWN)
  @ApiProblem(DECIDED)
  rejectQuarantined(
    @Param() { id }: QuarantineId,
    @Query() { whole_sheet }: VerdictQuery,
    @Caller() caller: string | null,
  ): Promise<V1Verdict> {
    return this.decide(id, { state: 'rejected', isWholeSheet: whole_sheet, decided_by: caller });
  }

  private async decide(id: number, verdict: Verdict): Promise<V1Verdict> {
    const { decided, released, saved } = await this.service.decide(id, verdict);
    return {
      decided: decided.map(quarantineItemJson),
      released: released.map(quarantinedFixingJson),
      saved,
    };
  }
}
