import { KursError } from './kurs.error.js';

/** A parameter or field that cannot be used, and why. */
export interface InvalidParameter {
  parameter: string;
  message: string;
}

/** Parameters or fields that are missing, unknown or unusable, whichever door they came through; all of them are named. */
export class InvalidRequestError extends KursError {
  override readonly status = 422;

  constructor(errors: readonly InvalidParameter[]) {
    const message = errors.map((error) => error.message).join('; ');
    super('http.invalid_request', message, undefined, { errors });
  }

  /** About one parameter. */
  static of(parameter: string, message: string): InvalidRequestError {
    return new InvalidRequestError([{ parameter, message }]);
  }
}
