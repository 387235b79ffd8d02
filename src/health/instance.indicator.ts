import { Injectable, Logger } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { KursError } from '../common/kurs.error.js';
import { DatabaseCondition } from '../database/database-condition.js';
import { MigrationState } from '../database/migration-state.js';
import { Reader } from '../database/reader.js';
import { Readiness } from '../http/readiness.js';
import { CheckFailures } from './check-failures.js';
import { DrainingError, MigrationsPendingError } from './health.errors.js';
import { inTime } from './in-time.js';

type Facts = Record<string, unknown>;

/** What an instance cannot do without: where one of these is `down`, requests belong to another instance. */
@Injectable()
export class InstanceIndicator {
  private readonly logger = new Logger(InstanceIndicator.name);
  private readonly failures = new CheckFailures((name, reason) =>
    this.logger.error(`Not ready: the check "${name}" fails: ${reason}`),
  );

  constructor(
    private readonly health: HealthIndicatorService,
    private readonly readiness: Readiness,
    private readonly reader: Reader,
    private readonly migrations: MigrationState,
    private readonly condition: DatabaseCondition,
  ) {}

  /** Whether new requests are welcome. */
  service(): HealthIndicatorResult {
    const session = this.health.check('service');
    return this.readiness.isDraining ? session.down(told(new DrainingError())) : session.up();
  }

  /** Whether the database answers, and how soon; `degraded` where reads go on, but writes fail: others have no better one. */
  async database(): Promise<HealthIndicatorResult> {
    const { engine } = this.reader;
    const result = await this.check('database', { engine }, async () => {
      const began = performance.now();
      await this.reader.store();
      this.condition.refuseIfFatal();
      return { engine, ms: Math.round((performance.now() - began) * 10) / 10 };
    });
    const { failure } = this.condition;
    if (failure === undefined || result.database?.status !== 'up') return result;
    const { status: _, ...facts } = result.database;
    return this.health.check('database').degraded({ ...facts, ...told(failure) });
  }

  /** Whether it is as this version needs it. */
  migrated(): Promise<HealthIndicatorResult> {
    return this.check('migrations', {}, async () => {
      const pending = await this.migrations.pending();
      if (pending.length > 0) throw new MigrationsPendingError(pending);
      return {};
    });
  }

  private async check(
    name: string,
    known: Facts,
    look: () => Promise<Facts>,
  ): Promise<HealthIndicatorResult> {
    const session = this.health.check(name);
    try {
      const facts = await inTime(look());
      this.failures.passed(name);
      return session.up(facts);
    } catch (thrown) {
      return session.down({ ...known, ...told(this.failures.problemOf(name, thrown)) });
    }
  }
}

function told({ code, message }: KursError): { code: string; message: string } {
  return { code, message };
}
