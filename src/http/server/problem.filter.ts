import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { asDatabaseError } from '../../database/database.errors.js';
import { allowedMethods } from '../express/index.js';
import {
  MethodNotAllowedError,
  type Problem,
  problemOf,
  retryAfterSeconds,
} from '../problems/index.js';
import { NotModified } from '../answers/index.js';
import { requestIdOf } from '../telemetry/index.js';

/**
 * Converts every exception into a problem document. Internal errors are logged, and the document does not disclose
 * them.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (thrown instanceof NotModified) {
      response.status(304).end();
      return;
    }
    const failure = this.refine(asDatabaseError(thrown), request);
    const line = `${request.method} ${request.path}`;
    const problem = problemOf(failure, line, requestIdOf(request));
    if (response.headersSent) {
      // A partial answer must not look complete.
      response.destroy();
      return;
    }
    if (failure instanceof MethodNotAllowedError) response.set('Allow', failure.allowed.join(', '));
    // RFC 9110, section 11.6.1: a 401 names the authentication scheme.
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="kurs"');
    const wait = retryAfterSeconds(failure, problem);
    if (wait !== undefined) response.set('Retry-After', String(wait));
    const { type, body } = this.form(problem, request);
    response
      .status(problem.status)
      .set('Cache-Control', 'no-store')
      .type(type)
      .send(JSON.stringify(body));
  }

  /** The document of a problem; routes that answer as other services do have their own. */
  protected form(problem: Problem, _: Request): { type: string; body: object } {
    return { type: 'application/problem+json', body: problem };
  }

  private refine(failure: unknown, request: Request): unknown {
    if (!(failure instanceof HttpException) || failure.getStatus() !== 404) return failure;
    const allowed = allowedMethods(request);
    // A route of this very method passed the request on: there is nothing at the address.
    const isOtherMethod = allowed.length > 0 && !allowed.includes(request.method);
    return isOtherMethod ? new MethodNotAllowedError(allowed) : failure;
  }
}
