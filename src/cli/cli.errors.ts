import { KursError } from '../common/kurs.error.js';

/** Options that are valid one by one cannot be combined, or one is missing. */
export class UsageError extends KursError {
  constructor(reason: string) {
    super('cli.usage', reason);
  }
}

/** No service answers at the address. */
export class NoServiceError extends KursError {
  constructor(url: string, reason: string) {
    super('cli.no_service', `No Kurs answers on ${url}: ${reason}`);
  }
}
