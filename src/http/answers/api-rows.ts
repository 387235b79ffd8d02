import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { Formats, MEDIA_TYPES } from './format.js';
import { ApiProblem } from '../problems/index.js';

/** Documents the limits of a route with long answers; ExportLimiter enforces them. */
export const ApiLongAnswers = (): MethodDecorator =>
  ApiProblem({
    status: 429,
    code: 'http.too_many_exports_from_address',
    detail:
      'Too many answers of more than 1,000 rows to this address are in progress. Also `http.too_many_requests`. ' +
      'Try again after `Retry-After` seconds',
  });

/** Documents and enables the three formats of a route that answers many rows, of one of the models. */
export const ApiRows = (...models: [Type, ...Type[]]): MethodDecorator =>
  applyDecorators(
    ApiLongAnswers(),
    inEveryFormat(models, (schema) => ({ type: 'array', items: schema })),
  );

/** The same for a route that answers one row. */
export const ApiRow = (...models: [Type, ...Type[]]): MethodDecorator =>
  inEveryFormat(models, (schema) => schema);

type Schema = Record<string, unknown>;

function inEveryFormat(models: readonly Type[], json: (row: Schema) => Schema): MethodDecorator {
  const references = models.map((model) => ({ $ref: getSchemaPath(model) }));
  const row = references.length === 1 ? references[0] : { oneOf: references };
  return applyDecorators(
    Formats(),
    ApiExtraModels(...models),
    ApiOkResponse({
      description:
        'By `Accept`, or by the suffixes `.json`, `.ndjson` and `.csv` of the path. CSV has a header row with the names of the fields.',
      content: {
        [MEDIA_TYPES.json]: { schema: json(row as Schema) },
        [MEDIA_TYPES.ndjson]: { schema: { type: 'string' } },
        [MEDIA_TYPES.csv]: { schema: { type: 'string' } },
      },
    }),
    ApiProblem({
      status: 406,
      code: 'http.not_acceptable',
      detail: 'Not acceptable; available: application/json, application/x-ndjson, text/csv',
    }),
  );
}
