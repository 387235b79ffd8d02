import { KursError } from '../common/kurs.error.js';

/** The command line cannot be understood. */
export class UsageError extends KursError {
  constructor(reason: string) {
    super('cli.usage', reason);
  }
}

/** What a command was told to work with cannot be used for it. */
export class UnusableFileError extends KursError {
  constructor(reason: string, options?: ErrorOptions) {
    super('cli.unusable_file', reason, options);
  }
}

/** No service answers where one is looked for. */
export class NoServiceError extends KursError {
  constructor(url: string, reason: string) {
    super('cli.no_service', `No Kurs answers on ${url}: ${reason}`);
  }
}
