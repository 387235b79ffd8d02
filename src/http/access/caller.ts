import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Requests for writes: who was let in, undefined for whoever was not. */
const CALLERS = new WeakMap<IncomingMessage, string | null | undefined>();

/** Notes that the request is for a write, before anybody is let in. */
export function noteWrite(request: IncomingMessage): void {
  CALLERS.set(request, undefined);
}

/** Notes who was let in: the name of a key, or null for this machine, which needs none. */
export function noteCaller(request: IncomingMessage, name: string | null): void {
  CALLERS.set(request, name);
}

export function isWrite(request: IncomingMessage): boolean {
  return CALLERS.has(request);
}

/** Who was let in to write; undefined where nobody was. */
export function callerOf(request: IncomingMessage): string | null | undefined {
  return CALLERS.get(request);
}

/** The name of the key that opened this write; null where this machine needed none. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    callerOf(context.switchToHttp().getRequest<IncomingMessage>()) ?? null,
);
