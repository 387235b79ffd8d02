import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import type { Request } from 'express';
import { ApiProblem } from './api-problem.js';
import { UnsupportedMediaTypeError } from './http.errors.js';

/** Refuses a body that nothing here has read; its fields would be called missing otherwise. */
@Injectable()
class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const isEmpty = request.headers['content-length'] === '0';
    if (!isEmpty && request.is('json') === false) throw new UnsupportedMediaTypeError();
    return true;
  }
}

/** Marks a route that takes a JSON body. It stands above `@Write`: whoever may not write is told of that first. */
export const TakesJson = (): MethodDecorator =>
  applyDecorators(
    UseGuards(JsonBodyGuard),
    ApiProblem({
      status: 400,
      code: 'http.malformed_request',
      detail: 'The body is not JSON',
    }),
    ApiProblem({
      status: 413,
      code: 'http.body_too_large',
      detail: 'request entity too large',
    }),
    ApiProblem({
      status: 415,
      code: 'http.unsupported_media_type',
      detail: new UnsupportedMediaTypeError().message,
    }),
  );
