import { KursError } from './kurs.error.js';

/** A parameter or field that cannot be used, and why. */
export interface InvalidParameter {
  parameter: string;
  message: string;
}

/** Missing, unknown or invalid parameters of a request over HTTP, NATS or the command line; names all of them. */
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
