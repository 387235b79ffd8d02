import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { MirrorRoute } from '../answers/index.js';

/** Error documents of Frankfurter: version 1 has the message alone. */
const FAULT = {
  'application/json': {
    schema: {
      type: 'object',
      properties: {
        status: { type: 'integer', example: 422 },
        message: { type: 'string', example: 'invalid currency: XXY' },
      },
      required: ['message'],
    },
  },
};

/** A read route whose errors have Frankfurter's form. */
export const FrankfurterRoute = (path: string): MethodDecorator =>
  applyDecorators(
    MirrorRoute(path),
    ApiResponse({ status: 404, description: 'Nothing found', content: FAULT }),
    ApiResponse({ status: 422, description: 'A parameter is invalid', content: FAULT }),
    ApiResponse({
      status: 503,
      description: 'A day is not loaded, or the database is away; try again after `Retry-After`',
      content: FAULT,
    }),
  );
