import type { Logger } from 'typeorm';

const ignore = (): void => undefined;

/** Observes failed statements: TypeORM reports them only to its logger, on both engines. */
export class QueryFailures implements Logger {
  readonly logQuery = ignore;
  readonly logQuerySlow = ignore;
  readonly logSchemaBuild = ignore;
  readonly logMigration = ignore;
  readonly log = ignore;

  constructor(private readonly onFailure: (thrown: unknown) => void) {}

  logQueryError(thrown: unknown): void {
    this.onFailure(thrown);
  }
}
