import type { NextFunction, Request, Response } from 'express';
import { AddressTooLongError } from './http.errors.js';

/** Characters of path and query together. */
export const LONGEST_ADDRESS = 8 * 1024;

/** Refuses addresses that no route can have. */
export function refuseLongAddress(request: Request, _: Response, next: NextFunction): void {
  if (request.url.length <= LONGEST_ADDRESS) next();
  else next(new AddressTooLongError(LONGEST_ADDRESS));
}
