import type { RequestHandler } from 'express';
import type { Mirror } from '../config/setting-rules.js';
import { mirrorOf } from './mirror-paths.js';

/** Browsers remember a preflight for a day, in seconds. */
const DAY_SECONDS = '86400';

/**
 * Lets pages of every origin read the mirrors, errors included, as the services do that they stand for. Routes
 * beside them follow ALLOWED_ORIGINS.
 */
export function openToPages(open: readonly Mirror[]): RequestHandler {
  return (request, response, next) => {
    if (mirrorOf(request.path, open) === undefined) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', '*');
    const isPreflight =
      request.method === 'OPTIONS' &&
      request.headers['access-control-request-method'] !== undefined;
    if (!isPreflight) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST');
    const wanted = request.headers['access-control-request-headers'];
    if (wanted !== undefined) response.setHeader('Access-Control-Allow-Headers', wanted);
    response.setHeader('Access-Control-Max-Age', DAY_SECONDS);
    response.status(204).end();
  };
}
