import { KursError } from '../common/kurs.error.js';

/** The service is shutting down. */
export class DrainingError extends KursError {
  override readonly status = 503;

  constructor() {
    super('health.draining', 'This instance is stopping: send requests to another one');
  }
}

/** Migrations of this version are missing in the database. */
export class MigrationsPendingError extends KursError {
  override readonly status = 503;

  constructor(names: readonly string[]) {
    super(
      'health.migrations_pending',
      `The database lacks ${names.join(', ')}: restart the service, which migrates it`,
    );
  }
}

/** The database answers with an error such as a missing table or permission. A retry would not help. */
export class UnusableDatabaseError extends KursError {
  override readonly status = 503;

  constructor(options?: ErrorOptions) {
    // Same code as for an unreachable database: requests should go to another instance.
    super(
      'database.unavailable',
      'The database answers, but cannot be used; the log says why',
      options,
    );
  }
}

/** This instance is not ready; `code` is that of the reason, `checks` has all checks. */
export class NotReadyError extends KursError {
  override readonly status = 503;

  constructor({ code, message }: Pick<KursError, 'code' | 'message'>, checks?: object) {
    super(code, message, undefined, checks && { checks });
  }
}

/** Failure of a check. */
export function told({ code, message }: KursError): { code: string; message: string } {
  return { code, message };
}
