import type { Logger } from 'typeorm';

const ignore = (): void => undefined;

/** TypeORM tells its logger of every statement that fails, on both engines: there is no other place for it. */
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
