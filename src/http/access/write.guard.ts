import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Header,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiSecurity } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Scope } from '../../config/api-key.js';
import { allowedMethods } from '../express/index.js';
import { ApiWriteProblems, ForeignWriteError, MethodNotAllowedError } from '../problems/index.js';
import { noteCaller, noteWrite } from './caller.js';
import { foreignHand, strayNavigation } from './foreign-site.js';
import { WriteAccess } from './write-access.js';

const SCOPE = Symbol('scope');

/** Authorizes a write, or rejects it with the reason; see WriteAccess. */
@Injectable()
export class WriteGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly access: WriteAccess) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    noteWrite(request);
    // Express runs the GET handler for HEAD, which would create a rate.
    if (request.method === 'HEAD') {
      throw new MethodNotAllowedError(allowedMethods(request).filter((name) => name !== 'HEAD'));
    }
    // Other sites may be allowed to read, but never to write, and two of these routes are GETs.
    context.switchToHttp().getResponse<Response>().removeHeader('Access-Control-Allow-Origin');
    const reason = foreignHand(request.headers);
    if (reason !== undefined) throw new ForeignWriteError(reason);
    const scope = this.reflector.get<Scope>(SCOPE, context.getHandler());
    const caller = this.access.callerFor(scope, request);
    // A navigation carries no key.
    const stray = caller === null && request.method === 'GET' && strayNavigation(request.headers);
    if (stray) throw new ForeignWriteError(stray);
    noteCaller(request, caller);
    return true;
  }
}

/** Marks a write route, with the scope that the caller's key needs. */
export function Write(scope: Scope): MethodDecorator {
  return applyDecorators(
    SetMetadata(SCOPE, scope),
    UseGuards(WriteGuard),
    Header('Cache-Control', 'no-store'),
    ApiSecurity('api_key'),
    ApiSecurity('bearer'),
    ApiWriteProblems(scope),
  );
}
