import type { RequestListener } from 'node:http';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { checkFormatSuffix, ConditionalGet, isCached } from '../answers/index.js';
import { parametersOf, takesAnyQuery } from '../requests/index.js';

/**
 * The only global guard: parses the query of every route, rejects a format suffix on a route with a single format,
 * and responds with 304 if the client has the current version.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(
    private readonly conditional: ConditionalGet,
    /** Called with each request for a cached route. */
    private readonly beforeCachedRoute: RequestListener,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    // Nest also calls global guards for WebSocket messages.
    if (context.getType() !== 'http') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const handler = context.getHandler();
    // Before the data version is read: an answer is stored only if nothing is committed in between.
    if (isCached(handler)) this.beforeCachedRoute(request, response);
    // Also on routes without parameters: unknown ones are rejected, not ignored.
    if (!takesAnyQuery(context.getClass())) parametersOf(request);
    checkFormatSuffix(request, handler);
    this.conditional.begin(request, response, handler);
    return true;
  }
}
