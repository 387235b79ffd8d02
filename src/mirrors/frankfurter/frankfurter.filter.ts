import { Catch } from '@nestjs/common';
import type { Request } from 'express';
import type { Problem } from '../../http/problems/index.js';
import { ProblemFilter } from '../../http/server/index.js';

/** Writes problems as Frankfurter does: version 1 has the message alone. */
@Catch()
export class FrankfurterFilter extends ProblemFilter {
  protected override form(
    { status, detail: message }: Problem,
    { path }: Request,
  ): { type: string; body: object } {
    const body = path.toLowerCase().startsWith('/v2') ? { status, message } : { message };
    return { type: 'application/json; charset=utf-8', body };
  }
}
