import {
  applyDecorators,
  BadRequestException,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnsupportedMediaTypeException,
  UseGuards,
} from '@nestjs/common';
import type { Request } from 'express';
import { checkJson, UnreadableJsonError } from '../../common/json-text.js';
import { ApiProblem, UnsupportedMediaTypeError } from '../problems/index.js';

/** The options of the body parser; `limit` in Express's notation. */
export const JSON_BODIES = { limit: '16kb', verify: checkBody };

/**
 * Checks a body before it is parsed. `charset` is what `Content-Type` names: the body parser would read UTF-16
 * and UTF-7 as well, but JSON is UTF-8 (RFC 8259, 8.1). It gives every error without a status that of a 403.
 */
function checkBody(_: unknown, __: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') {
    throw new UnsupportedMediaTypeException(new UnsupportedMediaTypeError().message);
  }
  try {
    checkJson(body);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableJsonError)) throw thrown;
    throw new BadRequestException(`The body ${thrown.message}`);
  }
}

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
      detail:
        'The body is not JSON, not UTF-8, nested too deep, or has a name twice, too many names or digits',
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
