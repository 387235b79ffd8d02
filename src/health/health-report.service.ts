import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import {
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorFunction,
} from '@nestjs/terminus';
import { VERSION } from '../config/version.js';
import type { HealthChecks, HealthReport } from './health.dto.js';
import { DatabaseIndicator } from './database.indicator.js';
import { DrainingError, NotReadyError } from './health.errors.js';
import { InstanceIndicator } from './instance.indicator.js';
import { LeaseStatusService } from './lease-status.service.js';
import { SurroundingsIndicator } from './surroundings.indicator.js';

/** Runs every indicator and sums up the results. */
@Injectable()
export class HealthReportService {
  private readonly ofInstance: HealthIndicatorFunction[] = [
    () => this.instance.service(),
    () => this.database.database(),
    () => this.database.migrated(),
    () => this.instance.book(),
  ];

  constructor(
    private readonly health: HealthCheckService,
    private readonly instance: InstanceIndicator,
    private readonly database: DatabaseIndicator,
    private readonly surroundings: SurroundingsIndicator,
    private readonly leases: LeaseStatusService,
  ) {}

  /** @throws NotReadyError if requests should go to another instance */
  async rejectUnlessReady(): Promise<void> {
    await this.check(this.ofInstance, () => undefined);
  }

  /** @throws NotReadyError, with all checks, if requests should go to another instance */
  async report(): Promise<HealthReport> {
    const { surroundings } = this;
    const indicators = [
      ...this.ofInstance,
      () => surroundings.bank(),
      () => surroundings.quarantine(),
      () => surroundings.broker(),
      () => surroundings.backlog(),
      () => surroundings.leases(),
    ];
    const { status, details } = await this.check(indicators, (checks) => checks);
    return {
      status: status === 'degraded' ? 'degraded' : 'ok',
      version: VERSION,
      instance: this.leases.instance,
      ...(this.instance.isDemo && { demo: true }),
      checks: details as unknown as HealthChecks,
    };
  }

  /** Terminus throws Nest's exception containing the result; the problem names the first check that is down. */
  private async check(
    indicators: HealthIndicatorFunction[],
    tell: (checks: object) => object | undefined,
  ): Promise<HealthCheckResult> {
    try {
      return await this.health.check(indicators);
    } catch (thrown) {
      if (!(thrown instanceof ServiceUnavailableException)) throw thrown;
      const { details, error } = thrown.getResponse() as HealthCheckResult;
      const [down] = Object.values(error ?? {}) as (
        { code: string; message: string } | undefined
      )[];
      // No check is down, but Nest is shutting down.
      throw new NotReadyError(down ?? new DrainingError(), tell(details));
    }
  }
}
