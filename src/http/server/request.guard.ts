import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { checkFormatSuffix, ConditionalGet } from '../answers/index.js';
import { parametersOf } from '../requests/index.js';

/**
 * The only global guard: parses the query of every route, rejects a format suffix on a route with a single format,
 * and responds with 304 if the client has the current version.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(private readonly conditional: ConditionalGet) {}

  canActivate(context: ExecutionContext): boolean {
    // Nest also calls global guards for WebSocket messages.
    if (context.getType() !== 'http') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const handler = context.getHandler();
    // Also on routes without parameters: unknown ones are rejected, not ignored.
    parametersOf(request);
    checkFormatSuffix(request, handler);
    this.conditional.begin(request, http.getResponse<Response>(), handler);
    return true;
  }
}
