import { KursError } from '../../common/kurs.error.js';

/** A request that Frankfurter rejects; its text is Frankfurter's. */
export class FrankfurterRequestError extends KursError {
  override readonly status = 422;

  constructor(message: string) {
    super('http.invalid_request', message);
  }
}

/** No rate of the pair on that day. */
export class FrankfurterNotFoundError extends KursError {
  override readonly status = 404;

  constructor() {
    super('rates.not_set', 'not found');
  }
}
