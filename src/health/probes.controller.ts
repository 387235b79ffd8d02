import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiInvalidRequest, ApiProblem } from '../http/problems/index.js';
import { NoParameters } from '../http/requests/index.js';
import { BankStatusService } from './bank-status.service.js';
import { HealthReport } from './health.dto.js';
import { HealthReportService } from './health-report.service.js';
import { Probe, ReadyProbe } from './probes.dto.js';

const NOT_READY = {
  status: 503,
  code: 'health.draining',
  detail: 'This instance is stopping: send requests to another one',
};

@ApiTags('service')
@Controller('health')
export class ProbesController {
  constructor(
    private readonly reports: HealthReportService,
    private readonly bank: BankStatusService,
  ) {}

  /**
   * Health in detail. Database, stored rates, bank, quarantine, broker, backlog, leases. 503 if this instance
   * cannot serve requests, with the same details as `checks` of the problem; otherwise 200, also if something
   * needs attention (`degraded`).
   */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: HealthReport })
  @ApiProblem(NOT_READY)
  @ApiInvalidRequest()
  health(@Query() _: NoParameters): Promise<HealthReport> {
    return this.reports.report();
  }

  /** Liveness: restart the process if this does not answer. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: Probe })
  @ApiInvalidRequest()
  live(@Query() _: NoParameters): Probe {
    return { status: 'ok' };
  }

  /**
   * Readiness: whether this instance can answer requests. The stored rates are loaded, the database answers within
   * three seconds and is migrated, and the service is not shutting down. While the database is unreachable, reads are answered from memory, and the
   * instance stays ready for READS_WITHOUT_DATABASE_SECONDS. The bank and NATS do not matter.
   */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: ReadyProbe })
  @ApiProblem(NOT_READY)
  @ApiInvalidRequest()
  async ready(@Query() _: NoParameters): Promise<ReadyProbe> {
    await this.reports.rejectUnlessReady();
    return { status: 'ok', freshness: this.bank.freshness() };
  }
}
