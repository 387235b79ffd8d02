import { KursError } from '../common/kurs.error.js';
import type { ProblemParameter } from './problem.dto.js';

/** Parameters or fields that are missing, unknown or unusable; all of them are named. */
export class InvalidRequestError extends KursError {
  constructor(readonly errors: ProblemParameter[]) {
    super('http.invalid_request', errors.map(({ message }) => message).join('; '));
  }
}

export class MethodNotAllowedError extends KursError {
  constructor(readonly allowed: string[]) {
    super('http.method_not_allowed', `This address answers ${allowed.join(', ')} alone`);
  }
}

/** A request that would change state, but that the person may not know of. */
export class ForeignWriteError extends KursError {
  constructor(reason: string) {
    super('http.foreign_write', reason);
  }
}
