import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../http/api-problem.js';
import { Caller } from '../http/caller.js';
import { Cacheable } from '../http/conditional-get.js';
import { Write } from '../http/write.guard.js';
import { quarantinedFixingJson } from './quarantine-json.js';
import {
  QuarantineId,
  QuarantineQuery,
  V1QuarantinedFixing,
  V1Verdict,
  VerdictQuery,
} from './quarantine.dto.js';
import { QuarantineQueries } from './quarantine.queries.js';
import { QuarantineService, type Verdict } from './quarantine.service.js';

const UNKNOWN = {
  status: 404,
  code: 'rates.not_quarantined',
  detail: 'No fixing was held under the id 7',
};
const DECIDED = {
  status: 409,
  code: 'rates.already_decided',
  detail: 'The fixing 7 is accepted already',
};

/** What the jump guard holds waits here for a person: it is not served, and not announced. */
@ApiTags('v1')
@Controller('v1/quarantine')
@ApiInvalidRequest()
@ApiDatabaseProblem()
export class QuarantineController {
  constructor(
    private readonly queries: QuarantineQueries,
    private readonly service: QuarantineService,
  ) {}

  /** The fixings that are held, newest first. */
  @Get()
  @Cacheable()
  @ApiOkResponse({ type: [V1QuarantinedFixing] })
  async listQuarantine(
    @Query() { state, before, limit }: QuarantineQuery,
  ): Promise<V1QuarantinedFixing[]> {
    return (await this.queries.list({ state, before, limit })).map(quarantinedFixingJson);
  }

  /**
   * Records the fixing as the bank's, with its event. Later ones of the same currency that are no jump
   * any more are recorded too, so that one call is enough after days of turmoil.
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

  /** Keeps the fixing out for good; it may still be accepted later, or replaced by another figure of the bank. */
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
      decided: decided.map(quarantinedFixingJson),
      released: released.map(quarantinedFixingJson),
      saved,
    };
  }
}
