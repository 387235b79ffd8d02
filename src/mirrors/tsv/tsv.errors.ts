import { KursError } from '../../common/kurs.error.js';

/** The bank has set no rate of the currency for that day, or not yet. */
export class NoRateError extends KursError {
  override readonly status = 404;

  constructor(number: string, date: string) {
    super('rates.not_set', `The currency ${number} has no rate on ${date}`);
  }
}

/** What the bank has set for that day is held in quarantine: what was in force before is not it. */
export class HeldRateError extends KursError {
  override readonly status = 503;
  override readonly retryAfterSeconds = 60;

  constructor(number: string, date: string) {
    const message = `The figure of currency ${number} that is in force on ${date} is held in quarantine`;
    super('rates.sheet_not_loaded', message);
  }
}
