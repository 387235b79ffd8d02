import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Header,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import type { Request } from 'express';
import { allowedMethods } from './allowed-methods.js';
import { ForeignWriteError, MethodNotAllowedError } from './http.errors.js';

/**
 * Refuses what a browser does behind a person's back: prefetches, and requests made by the page of
 * another site. Other clients do not send these headers (Fetch Metadata, W3C).
 */
@Injectable()
export class WriteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    // Express answers HEAD with the GET handler, and would create a rate for one.
    if (request.method === 'HEAD') {
      throw new MethodNotAllowedError(allowedMethods(request).filter((name) => name !== 'HEAD'));
    }
    const purpose = request.get('sec-purpose') ?? request.get('purpose') ?? '';
    if (/prefetch|prerender/i.test(purpose)) {
      throw new ForeignWriteError('A prefetch may not change anything');
    }
    const site = request.get('sec-fetch-site');
    if (site === 'cross-site' || site === 'same-site') {
      throw new ForeignWriteError('The page of another site may not change anything');
    }
    return true;
  }
}

/** Marks a route that changes state. */
export function Write(): MethodDecorator {
  return applyDecorators(UseGuards(WriteGuard), Header('Cache-Control', 'no-store'));
}
