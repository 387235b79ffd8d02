import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { checkFormatSuffix, ConditionalGet } from '../answers/index.js';
import { parametersOf } from '../requests/index.js';

/**
 * The one global guard: reads the query of every route, rejects a format suffix where a route has one format,
 * and answers 304 where the client has the present version.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(private readonly conditional: ConditionalGet) {}

  canActivate(context: ExecutionContext): boolean {
    // Nest calls global guards for WebSocket messages too.
    if (context.getType() !== 'http') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const handler = context.getHandler();
    // Also where a route has no parameters: none is ignored.
    parametersOf(request);
    checkFormatSuffix(request, handler);
    this.conditional.begin(request, http.getResponse<Response>(), handler);
    return true;
  }
}
