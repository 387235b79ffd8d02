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

/** Whether the database serves: where it does not, and memory does no longer either, the instance is `down`. */
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
   * Whether it answers, and how soon; `degraded` where reads go on, from it or from memory, but writes fail:
   * others have no better one.
   */
  async database(): Promise<HealthIndicatorResult> {
    const { engine } = this.reader;
    const result = await this.check('database', { engine }, async () => {
      const ms = await this.reach();
      this.condition.refuseIfFatal();
      return { engine, ms };
    });
    const { failure } = this.condition;
    if (failure === undefined || result.database?.status !== 'up') return result;
    const { status: _, ...facts } = result.database;
    return this.health.check('database').degraded({ ...facts, ...told(failure) });
  }

  /** Whether it is as this version needs it. */
  migrated(): Promise<HealthIndicatorResult> {
    return this.check('migrations', {}, async () => {
      await this.reach();
      const pending = await this.migrations.pending();
      if (pending.length > 0) throw new MigrationsPendingError(pending);
      return {};
    });
  }

  /** How long it takes to answer, in milliseconds. @throws UnreachedError */
  private async reach(): Promise<number> {
    // Nobody waits again for what is known not to answer.
    if (this.without.isOutOfSight) throw new UnreachedError(new DatabaseUnavailableError());
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
      // What answers, and is not as it has to be, is another matter.
      const isServed = isUnreached && this.without.areReadsServed;
      return isServed ? session.degraded(facts) : session.down(facts);
    }
  }
}
