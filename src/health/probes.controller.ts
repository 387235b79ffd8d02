import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiInvalidRequest, ApiProblem } from '../http/api-problem.js';
import { NoParameters } from '../http/no-parameters.dto.js';
import { BankStatusService } from './bank-status.service.js';
import { HealthReport } from './health.dto.js';
import { HealthReportService } from './health-report.service.js';
import { Probe, ReadyProbe } from './probes.dto.js';

const NOT_READY = {
  status: 503,
  code: 'health.draining',
  detail: 'This instance is stopping: send requests to another one',
};

@ApiTags('status')
@Controller('health')
export class ProbesController {
  constructor(
    private readonly reports: HealthReportService,
    private readonly bank: BankStatusService,
  ) {}

  /**
   * How the service is, in detail: its database, the bank, the broker, what waits, who does the work of the
   * fleet. 503 where the instance itself cannot be used, with the same details as `checks` of the problem;
   * else 200, also while something needs a look (`degraded`).
   */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: HealthReport })
  @ApiProblem(NOT_READY)
  @ApiInvalidRequest()
  health(@Query() _: NoParameters): Promise<HealthReport> {
    return this.reports.report();
  }

  /** Whether the process answers at all; if not, start it anew. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: Probe })
  @ApiInvalidRequest()
  live(@Query() _: NoParameters): Probe {
    return { status: 'ok' };
  }

  /**
   * Whether to send requests here: the stored rates are loaded, the database answers, within three seconds, and is
   * migrated, and the service is not stopping. While the database cannot be reached, memory answers reads, and
   * the instance stays ready for READS_WITHOUT_DATABASE_SECONDS. The bank and NATS do not matter.
   */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: ReadyProbe })
  @ApiProblem(NOT_READY)
  @ApiInvalidRequest()
  async ready(@Query() _: NoParameters): Promise<ReadyProbe> {
    await this.reports.refuseUnlessReady();
    return { status: 'ok', freshness: this.bank.freshness() };
  }
}
