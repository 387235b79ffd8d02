import { applyDecorators, Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Cacheable } from '../../http/answers/index.js';
import { ApiDatabaseProblem, ApiProblem } from '../../http/problems/index.js';
import { AnyQuery } from '../../http/requests/index.js';

/** A controller of one mirror: under its tag in the documents, lenient about parameters. */
export const MirrorController = (tag: string): ClassDecorator =>
  applyDecorators(ApiTags(tag), Controller(), AnyQuery());

/** A read route of a mirror; Express matches paths without regard to case, as the bank's server does. */
export const MirrorRoute = (path: string): MethodDecorator =>
  applyDecorators(
    Get(path),
    Cacheable(),
    ApiProblem({
      status: 503,
      code: 'rates.sheet_not_loaded',
      detail: 'The sheet of 2025-04-04 is not loaded; "kurs backfill" loads history',
    }),
    ApiDatabaseProblem(),
  );
