import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { ExportDoor } from './export-door.js';
import { LongAnswer } from './row-stream.js';

@Injectable()
class LongAnswersInterceptor implements NestInterceptor {
  constructor(private readonly door: ExportDoor) {}

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
      this.door.enter(response);
    } catch (refusal) {
      answer.getStream().destroy();
      throw refusal;
    }
  }
}

/** Marks a route whose answer may be as long as the history. */
export const LongAnswers = (): MethodDecorator => UseInterceptors(LongAnswersInterceptor);
