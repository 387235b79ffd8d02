import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Write requests, with their caller; undefined until authorized. */
const CALLERS = new WeakMap<IncomingMessage, string | null | undefined>();

/** Marks the request as a write, before authorization. */
export function noteWrite(request: IncomingMessage): void {
  CALLERS.set(request, undefined);
}

/** Records the authorized caller: the name of a key, or null for this machine without keys. */
export function noteCaller(request: IncomingMessage, name: string | null): void {
  CALLERS.set(request, name);
}

export function isWrite(request: IncomingMessage): boolean {
  return CALLERS.has(request);
}

/** The authorized caller of a write; undefined if there is none. */
export function callerOf(request: IncomingMessage): string | null | undefined {
  return CALLERS.get(request);
}

/** Name of the key of this write; null if none was needed. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    callerOf(context.switchToHttp().getRequest<IncomingMessage>()) ?? null,
);
