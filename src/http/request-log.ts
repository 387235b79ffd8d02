import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { callerOf, isWrite } from './caller.js';
import type { ClientAddress } from './client-address.js';

const logger = new Logger('Request');

/**
 * One line for every request when its answer ends, or its client is gone: writes, and attempts at one,
 * with who did it, for everybody to see; the rest at level debug. The path without its query.
 */
export function logRequests(addresses: ClientAddress) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      const ms = Math.round(performance.now() - began);
      const outcome = response.writableFinished ? String(response.statusCode) : 'cut off';
      const caller = callerOf(request);
      const who = typeof caller === 'string' ? ` by ${caller}` : '';
      const line = `${method} ${path} ${outcome} ${ms} ms${who} from ${addresses.of(request)}`;
      if (isWrite(request)) logger.log(line);
      else logger.debug(line);
    });
    next();
  };
}
