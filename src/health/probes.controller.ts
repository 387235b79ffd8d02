import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { ApiInvalidRequest, ApiProblem } from '../http/api-problem.js';
import { NoParameters } from '../http/no-parameters.dto.js';
import { Readiness } from '../http/readiness.js';
import { BankStatusService } from './bank-status.service.js';
import { DrainingError } from './health.errors.js';
import { Probe, ReadyProbe } from './probes.dto.js';

@ApiTags('status')
// Whoever looks after the service does not go away because a client of the same address is greedy.
@SkipThrottle()
@Controller('health')
export class ProbesController {
  constructor(
    private readonly readiness: Readiness,
    private readonly bank: BankStatusService,
  ) {}

  /** Whether the process answers at all; if not, start it anew. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: Probe })
  @ApiInvalidRequest()
  live(@Query() _: NoParameters): Probe {
    return { status: 'ok' };
  }

  /** Whether to send requests here: the database answers, and the service is not stopping. The bank and NATS do not matter. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: ReadyProbe })
  @ApiProblem({
    status: 503,
    code: 'health.draining',
    detail: 'This instance is stopping: send requests to another one',
  })
  @ApiInvalidRequest()
  async ready(@Query() _: NoParameters): Promise<ReadyProbe> {
    if (this.readiness.isDraining) throw new DrainingError();
    const { freshness } = await this.bank.current();
    return { status: 'ok', freshness };
  }
}
