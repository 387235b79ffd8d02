import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { asDatabaseError } from '../database/database.errors.js';
import { allowedMethods } from './allowed-methods.js';
import { MethodNotAllowedError } from './http.errors.js';
import { problemStatus } from './problem-status.js';
import type { Problem } from './problem.dto.js';

const RETRY_AFTER_SECONDS = 5;

/** The codes of what Express and Nest themselves refuse, by status. */
const FRAMEWORK_CODES: Readonly<Record<number, string>> = {
  400: 'http.malformed_request',
  404: 'http.not_found',
  413: 'http.body_too_large',
  415: 'http.unsupported_media_type',
};

/** Turns whatever was thrown into a problem document; what is nobody's fault but ours is logged and says little. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const failure = this.refine(asDatabaseError(thrown), request);
    const problem = this.problemOf(failure, request);
    if (response.headersSent) {
      // Half an answer must not look like a whole one.
      response.destroy();
      return;
    }
    if (failure instanceof MethodNotAllowedError) response.set('Allow', failure.allowed.join(', '));
    if (problem.status === 503) response.set('Retry-After', String(RETRY_AFTER_SECONDS));
    response
      .status(problem.status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  }

  private refine(failure: unknown, request: Request): unknown {
    if (!(failure instanceof HttpException) || failure.getStatus() !== 404) return failure;
    const allowed = allowedMethods(request);
    return allowed.length > 0 ? new MethodNotAllowedError(allowed) : failure;
  }

  private problemOf(failure: unknown, request: Request): Problem {
    if (failure instanceof KursError) {
      const status = problemStatus(failure);
      if (status === 500) this.logger.error(`${failure.code}: ${failure.message}`, failure.stack);
      return {
        ...problem(status, failure.code, failure.message),
        ...failure.details,
      };
    }
    const status = frameworkStatus(failure);
    const code = FRAMEWORK_CODES[status] ?? (status < 500 ? `http.${status}` : undefined);
    if (code) return problem(status, code, messageOf(failure));
    this.logger.error(
      `${request.method} ${request.path} failed: ${messageOf(failure)}`,
      failure instanceof Error ? failure.stack : undefined,
    );
    return problem(500, 'http.internal', 'Kurs failed on this request; its log says why');
  }
}

function problem(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code };
}

/** Nest throws HttpException; Express and its body parser throw errors with a `status` of 400 to 499. */
function frameworkStatus(failure: unknown): number {
  if (failure instanceof HttpException) return failure.getStatus();
  const { status } = (failure ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
