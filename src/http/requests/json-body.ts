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

/** Options of the body parser; `limit` in Express's notation. */
export const JSON_BODIES = { limit: '16kb', verify: checkBody };

/**
 * Checks a body before it is parsed. `charset` comes from `Content-Type`: the body parser would also accept UTF-16
 * and UTF-7, but JSON is UTF-8 (RFC 8259, 8.1). The body parser turns an error without a status into a 403.
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

/** Rejects a body that was not parsed; otherwise its fields would be reported as missing. */
@Injectable()
class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const isEmpty = request.headers['content-length'] === '0';
    if (!isEmpty && request.is('json') === false) throw new UnsupportedMediaTypeError();
    return true;
  }
}

/** Marks a route with a JSON body. Place it above `@Write`: authorization is checked first. */
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
