import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
  applyDecorators,
} from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { ApiProblem } from './api-problem.js';
import { ExportLimiter } from './export-limiter.js';
import { LongAnswer } from './row-stream.js';

@Injectable()
class LongAnswersInterceptor implements NestInterceptor {
  constructor(private readonly limiter: ExportLimiter) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap((answer) => {
        if (answer instanceof LongAnswer) this.admit(answer, response);
      }),
    );
  }

  private admit(answer: LongAnswer, response: Response): void {
    try {
      this.limiter.enter(response);
    } catch (refusal) {
      answer.getStream().destroy();
      throw refusal;
    }
  }
}

/** Marks a route whose answer may be as long as the history, and documents its limit per address. */
export const LongAnswers = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(LongAnswersInterceptor),
    ApiProblem({
      status: 429,
      code: 'http.too_many_exports_from_address',
      detail:
        'Too many answers of more than 1,000 rows to this address are under way. Also `http.too_many_requests`. ' +
        'Try again after `Retry-After` seconds',
    }),
  );
