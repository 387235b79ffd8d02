import { applyDecorators } from '@nestjs/common';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';

/** Documents the problems of all routes that read rates. */
export const ApiRateProblems = (): MethodDecorator =>
  applyDecorators(
    ApiProblem({
      status: 404,
      code: 'rates.not_loaded',
      detail:
        'The rate of USD on 2011-06-15 is not loaded; "kurs backfill --from 2011-06-15" loads it. ' +
        'In a clone `command` is `npm run kurs -- …`; before the first fetch it is a different one, and with `as_of` it is absent. Also ' +
        '`rates.not_set` (no rate on that day; `last_date` is the last day with one) and `rates.unknown_code`',
    }),
    ApiInvalidRequest(),
    ApiDatabaseProblem(),
  );
