import { Injectable, Logger } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { DatabaseCondition } from '../database/database-condition.js';
import { DatabaseUnavailableError } from '../database/database.errors.js';
import { MigrationState } from '../database/migration-state.js';
import { Reader } from '../database/reader.js';
import { CheckFailures } from './check-failures.js';
import { MigrationsPendingError, told } from './health.errors.js';
import { inTime } from './in-time.js';
import { ReadsWithoutDatabase } from './reads-without-database.js';

type Facts = Record<string, unknown>;

/** The database does not answer. */
class UnreachedError extends Error {
  constructor(cause: unknown) {
    super('The database does not answer', { cause });
  }
}

/** State of the database; `down` if it is unreachable and reads from memory have expired too. */
@Injectable()
export class DatabaseIndicator {
  private readonly logger = new Logger(DatabaseIndicator.name);
  private readonly failures = new CheckFailures((name, reason) =>
    this.logger.error(`Not ready: the check "${name}" fails: ${reason}`),
  );

  constructor(
    private readonly health: HealthIndicatorService,
    private readonly reader: Reader,
    private readonly migrations: MigrationState,
    private readonly condition: DatabaseCondition,
    private readonly without: ReadsWithoutDatabase,
  ) {}

  /**
   * Reachability and latency; `degraded` if reads work, from the database or from memory, but writes fail: other
   * instances have the same database.
   */
  async database(): Promise<HealthIndicatorResult> {
    const { engine } = this.reader;
    const result = await this.check('database', { engine }, async () => {
      const ms = await this.reach();
      this.condition.rejectIfFatal();
      return { engine, ms };
    });
    const { failure } = this.condition;
    if (failure === undefined || result.database?.status !== 'up') return result;
    const { status: _, ...facts } = result.database;
    return this.health.check('database').degraded({ ...facts, ...told(failure) });
  }

  /** Whether all migrations of this version have run. */
  migrated(): Promise<HealthIndicatorResult> {
    return this.check('migrations', {}, async () => {
      await this.reach();
      const pending = await this.migrations.pending();
      if (pending.length > 0) throw new MigrationsPendingError(pending);
      return {};
    });
  }

  /** Latency in milliseconds. @throws UnreachedError */
  private async reach(): Promise<number> {
    // Known to be unreachable: do not wait again.
    if (this.without.isUnreachable) throw new UnreachedError(new DatabaseUnavailableError());
    const began = performance.now();
    await inTime(this.reader.store()).catch((thrown: unknown) => {
      throw new UnreachedError(thrown);
    });
    return Math.round((performance.now() - began) * 10) / 10;
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
      const isUnreached = thrown instanceof UnreachedError;
      const failure = isUnreached ? thrown.cause : thrown;
      const facts = { ...known, ...told(this.failures.problemOf(name, failure)) };
      // An error answer is a different failure than no answer.
      const isServed = isUnreached && this.without.areReadsServed;
      return isServed ? session.degraded(facts) : session.down(facts);
    }
  }
}
