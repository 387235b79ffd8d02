import { KursError } from '../common/kurs.error.js';
import type { ProblemParameter } from './problem.dto.js';

/** Parameters or fields that are missing, unknown or unusable; all of them are named. */
export class InvalidRequestError extends KursError {
  constructor(errors: ProblemParameter[]) {
    const message = errors.map((error) => error.message).join('; ');
    super('http.invalid_request', message, undefined, { errors });
  }

  /** About one parameter. */
  static of(parameter: string, message: string): InvalidRequestError {
    return new InvalidRequestError([{ parameter, message }]);
  }
}

/** None of the formats that the client takes is one that this address has. */
export class NotAcceptableError extends KursError {
  constructor(formats: readonly string[]) {
    super('http.not_acceptable', `This address answers ${formats.join(', ')} alone`);
  }
}

export class MethodNotAllowedError extends KursError {
  constructor(readonly allowed: string[]) {
    super('http.method_not_allowed', `This address answers ${allowed.join(', ')} alone`);
  }
}

/** There is nothing at this address. */
export class UnknownAddressError extends KursError {
  constructor(address: string) {
    super('http.not_found', `There is nothing at ${address}`);
  }
}

/** A request that would change state, but that the person may not know of. */
export class ForeignWriteError extends KursError {
  constructor(reason: string) {
    super('http.foreign_write', reason);
  }
}
