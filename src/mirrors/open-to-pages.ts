import type { RequestHandler } from 'express';
import type { Mirror } from '../config/setting-rules.js';
import { mirrorOf } from './mirror-paths.js';

/** Browsers remember a preflight for a day, in seconds. */
const DAY_SECONDS = '86400';

/** Characters that mean the same whether they are percent-encoded or not (RFC 3986, section 2.3). */
const UNRESERVED = /^[\w.~-]$/;

/**
 * Lets pages of every origin read the mirrors, errors included, as the services do that they stand for. Routes
 * beside them follow ALLOWED_ORIGINS. `XML%5Fdaily.asp` is `XML_daily.asp` there, as for the bank's IIS.
 */
export function openToPages(open: readonly Mirror[]): RequestHandler {
  return (request, response, next) => {
    const path = withoutNeedlessCodes(request.path);
    if (mirrorOf(path, open) === undefined) {
      next();
      return;
    }
    if (path !== request.path) request.url = request.url.replace(request.path, () => path);
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

function withoutNeedlessCodes(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/%([\da-f]{2})/gi, (code, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : code;
  });
}
