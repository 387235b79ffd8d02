import { KursError } from '../common/kurs.error.js';

/** The service is about to stop. */
export class DrainingError extends KursError {
  constructor() {
    super('health.draining', 'This instance is stopping: send requests to another one');
  }
}

/** The database is not as this version needs it. */
export class MigrationsPendingError extends KursError {
  constructor(names: readonly string[]) {
    super(
      'health.migrations_pending',
      `The database lacks ${names.join(', ')}: restart the service, which migrates it`,
    );
  }
}

/** The database answers, but not as it should: a table is missing, or a right. Trying again would not help. */
export class UnusableDatabaseError extends KursError {
  constructor(options?: ErrorOptions) {
    // For programs it is the same as one that is out of reach: requests belong to another instance.
    super(
      'database.unavailable',
      'The database answers, but cannot be used; the log says why',
      options,
    );
  }
}

/** This instance cannot answer; `code` is that of the reason, `checks` is what it knows of itself. */
export class NotReadyError extends KursError {
  constructor({ code, message }: Pick<KursError, 'code' | 'message'>, checks?: object) {
    super(code, message, undefined, checks && { checks });
  }
}

/** What a check says of what is wrong. */
export function told({ code, message }: KursError): { code: string; message: string } {
  return { code, message };
}
