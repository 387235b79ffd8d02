import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.dto.js';

const EXAMPLE_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

interface ProblemExample {
  status: number;
  code: string;
  detail: string;
}

/** Documents a problem of the route, with an example. */
export function ApiProblem(problem: ProblemExample): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ApiExtraModels(Problem),
    ApiResponse({
      status: problem.status,
      description: problem.detail,
      content: problemContent(problem),
    }),
  );
}

/** OpenAPI content of a problem, with an example. */
export function problemContent({ status, code, detail }: ProblemExample) {
  const request_id = EXAMPLE_ID;
  const title = STATUS_CODES[status];
  const example = { type: 'about:blank', title, status, detail, code, request_id };
  return { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) }, example } };
}

/** Documents the problem of all routes with parameters. */
export const ApiInvalidRequest = (): ClassDecorator & MethodDecorator =>
  ApiProblem({
    status: 422,
    code: 'http.invalid_request',
    detail: 'A parameter or field is missing, unknown, repeated or invalid',
  });

/** Documents the problem of all routes that read the database. */
export const ApiDatabaseProblem = (): ClassDecorator & MethodDecorator =>
  ApiProblem({
    status: 503,
    code: 'database.busy',
    detail: 'The database is locked or unreachable; try again after `Retry-After` seconds',
  });

/** Documents the problems of all write routes. */
export const ApiWriteProblems = (scope: string): MethodDecorator =>
  applyDecorators(
    ApiProblem({
      status: 401,
      code: 'http.key_required',
      detail: 'Writes need an API key. Also `http.key_unknown`: the key is unknown',
    }),
    ApiProblem({
      status: 403,
      code: 'http.scope_missing',
      detail:
        `The key has no scope \`${scope}\`. Also \`http.foreign_write\` (a prefetch, or the page of another site, ` +
        'may not change anything), and where no keys are set `http.read_only` and `http.foreign_host`',
    }),
  );
