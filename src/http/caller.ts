import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Requests for writes: who was let in, undefined for whoever was not. */
const CALLERS = new WeakMap<Request, string | null | undefined>();

/** Notes that the request is for a write, before anybody is let in. */
export function noteWrite(request: Request): void {
  CALLERS.set(request, undefined);
}

/** Notes who was let in: the name of a key, or null for this machine, which needs none. */
export function noteCaller(request: Request, name: string | null): void {
  CALLERS.set(request, name);
}

export function isWrite(request: Request): boolean {
  return CALLERS.has(request);
}

/** Who was let in to write; undefined where nobody was. */
export function callerOf(request: Request): string | null | undefined {
  return CALLERS.get(request);
}

/** The name of the key that opened this write; null where this machine needed none. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    callerOf(context.switchToHttp().getRequest<Request>()) ?? null,
);
