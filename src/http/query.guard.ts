import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { queryOf, readQuery } from './query.js';

/** Reads the query of every route, also of one that has no parameters: none is ignored. */
@Injectable()
export class QueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // Global guards are called for frames of the socket as well.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    // Shadows Express's getter, which parses again with every access.
    Object.defineProperty(request, 'query', { value: readQuery(queryOf(request)) });
    return true;
  }
}
