import { applyDecorators } from '@nestjs/common';
import { ApiDatabaseProblem, ApiInvalidRequest, ApiProblem } from '../../http/problems/index.js';

/** The problems of every route that reads rates. */
export const ApiRateProblems = (): MethodDecorator =>
  applyDecorators(
    ApiProblem({
      status: 404,
      code: 'rates.not_loaded',
      detail:
        'The rate of USD on 2011-06-15 is not loaded; "kurs backfill --from 2011-06-15" loads it. ' +
        'In a clone `command` is `npm run kurs -- …`; before the first sheet is fetched it is another, and with `as_of` there is none. Also ' +
        '`rates.not_set` (no rate on that day; `last_date` is the last one before) and `rates.unknown_code`',
    }),
    ApiInvalidRequest(),
    ApiDatabaseProblem(),
  );
