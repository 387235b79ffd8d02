import { KursError } from '../../common/kurs.error.js';

/** The bank has set no rate of the currency for that day, or not yet. */
export class NoRateError extends KursError {
  override readonly status = 404;

  constructor(number: string, date: string) {
    super('rates.not_set', `The currency ${number} has no rate on ${date}`);
  }
}
