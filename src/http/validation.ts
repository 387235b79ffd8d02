import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { InvalidRequestError } from './http.errors.js';
import type { ProblemParameter } from './problem.dto.js';

/** Every parameter and field is declared by a DTO; one that is not declared is refused, not ignored. */
export function strictValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors: ValidationError[]) => new InvalidRequestError(errors.map(toProblem)),
  });
}

function toProblem({ property, constraints = {} }: ValidationError): ProblemParameter {
  const { whitelistValidation, ...others } = constraints;
  const message = whitelistValidation
    ? `${property} is not known here`
    : (Object.values(others)[0] ?? `${property} is not usable`);
  return { parameter: property, message };
}
