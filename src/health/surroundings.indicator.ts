import { Injectable, Logger } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { FetchRuns } from '../tasks/fetch-runs.js';
import { BacklogService } from './backlog.service.js';
import { BankStatusService } from './bank-status.service.js';
import { CheckFailures } from './check-failures.js';
import { inTime } from './in-time.js';
import { LeaseStatusService } from './lease-status.service.js';

/** Age of an unacknowledged event that counts as a problem, in seconds. */
const LONG_WAIT_SECONDS = 60;

/** Result of a check, and whether it is healthy. */
interface Seen {
  isWell: boolean;
  details: Record<string, unknown>;
}

/**
 * Checks outside the instance. They never make it unready, as other instances see the same; unhealthy and
 * unreadable ones are `degraded`.
 */
@Injectable()
export class SurroundingsIndicator {
  private readonly logger = new Logger(SurroundingsIndicator.name);
  private readonly failures = new CheckFailures((name, reason) =>
    this.logger.warn(`The check "${name}" fails: ${reason}`),
  );

  constructor(
    private readonly health: HealthIndicatorService,
    private readonly bankStatus: BankStatusService,
    private readonly runs: FetchRuns,
    private readonly backlogService: BacklogService,
    private readonly leaseStatus: LeaseStatusService,
  ) {}

  bank(): Promise<HealthIndicatorResult> {
    return this.look('bank', async () => {
      const { newest, freshness, circuit, ...bank } = await this.bankStatus.current();
      const { expected_date, due_at, missing_days } = bank;
      const { lastSuccessAt } = await this.runs.state();
      const last_success_at = lastSuccessAt?.toISOString() ?? null;
      const sheets = { freshness, newest_effective_date: newest, expected_date, due_at };
      const isWell = freshness === 'fresh' && circuit === 'closed' && missing_days.length === 0;
      const missing = missing_days.length > 0 && { missing_days: missing_days.length };
      return { isWell, details: { ...sheets, circuit, ...missing, last_success_at } };
    });
  }

  quarantine(): Promise<HealthIndicatorResult> {
    return this.look('quarantine', () => {
      const { pending, oldest_date } = this.bankStatus.quarantined();
      return { isWell: pending === 0, details: { waiting: pending, oldest_date } };
    });
  }

  broker(): Promise<HealthIndicatorResult> {
    const { brokerStatus } = this.backlogService;
    const { state, denied } = brokerStatus;
    const isUsable = (state === 'connected' || state === 'disabled') && denied.length === 0;
    return this.look(
      'broker',
      async () => {
        const { lacking } = await this.backlogService.lacking();
        const isWell = isUsable && (lacking ?? 0) === 0;
        return { isWell, details: { ...brokerStatus, lacking } };
      },
      { ...brokerStatus, lacking: null },
    );
  }

  backlog(): Promise<HealthIndicatorResult> {
    return this.look('backlog', async () => {
      const { backlog, oldest_age_seconds } = await this.backlogService.waiting();
      const isWell = (oldest_age_seconds ?? 0) < LONG_WAIT_SECONDS;
      return { isWell, details: { events: backlog, oldest_age_seconds } };
    });
  }

  leases(): Promise<HealthIndicatorResult> {
    return this.look('leases', async () => {
      const { isWell, leases } = await this.leaseStatus.status();
      return { isWell, details: leases };
    });
  }

  private async look(
    name: string,
    look: () => Seen | Promise<Seen>,
    known: Seen['details'] = {},
  ): Promise<HealthIndicatorResult> {
    try {
      const seen = await inTime(Promise.resolve(look()));
      this.failures.passed(name);
      return this.result(name, seen);
    } catch (thrown) {
      const { message } = this.failures.problemOf(name, thrown);
      return this.result(name, { isWell: false, details: { ...known, message } });
    }
  }

  private result(name: string, { isWell, details }: Seen): HealthIndicatorResult {
    const session = this.health.check(name);
    return isWell ? session.up(details) : session.degraded(details);
  }
}
