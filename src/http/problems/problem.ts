import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { KursError } from '../../common/kurs.error.js';
import { messageOf } from '../../common/message-of.js';
import { CommitUnknownError } from '../../database/database.errors.js';
import { logFault } from './fault-log.js';
import type { Problem } from './problem.dto.js';

const RETRY_AFTER_SECONDS = 5;

/** Codes of errors from Express and Nest, by status. */
const FRAMEWORK_CODES: Readonly<Record<number, string>> = {
  400: 'http.malformed_request',
  404: 'http.not_found',
  413: 'http.body_too_large',
  415: 'http.unsupported_media_type',
};

/**
 * Problem document of a failure. An internal error is logged with `request`, and its document discloses nothing.
 * `request_id` connects the two; it is absent for requests that did not come by HTTP.
 */
export function problemOf(failure: unknown, request: string, request_id?: string): Problem {
  const name = request_id === undefined ? {} : { request_id };
  if (failure instanceof KursError) {
    const { status } = failure;
    if (status === 500) logFault(`${failure.code}: ${failure.message}`, failure, name);
    return { ...problem(status, failure.code, failure.message), ...failure.details, ...name };
  }
  const status = frameworkStatus(failure);
  const code = FRAMEWORK_CODES[status] ?? (status < 500 ? `http.${status}` : undefined);
  if (code) return { ...problem(status, code, messageOf(failure)), ...name };
  logFault(`${request} failed: ${messageOf(failure)}`, failure, name);
  return {
    ...problem(500, 'http.internal', 'Kurs failed on this request; its log says why'),
    ...name,
  };
}

/** Seconds after which a retry may succeed; undefined if waiting does not help. */
export function retryAfterSeconds(failure: unknown, { status }: Problem): number | undefined {
  // A client that obeys Retry-After would write twice.
  if (failure instanceof CommitUnknownError) return undefined;
  if (failure instanceof KursError && failure.retryAfterSeconds !== undefined) {
    return failure.retryAfterSeconds;
  }
  return status === 429 || status === 503 ? RETRY_AFTER_SECONDS : undefined;
}

function problem(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code };
}

/** Nest throws HttpException; Express and its body parser throw errors with a `status` from 400 to 499. */
function frameworkStatus(failure: unknown): number {
  if (failure instanceof HttpException) return failure.getStatus();
  const { status } = (failure ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
