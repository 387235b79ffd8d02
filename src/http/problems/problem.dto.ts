import { ApiProperty } from '@nestjs/swagger';

/** An invalid parameter or field. */
export class ProblemParameter {
  /**
   * Its name in the query or the body.
   * @example "value"
   */
  parameter!: string;

  /**
   * Why it is invalid.
   * @example "value must be a positive decimal of at most 15 significant digits"
   */
  message!: string;
}

/** Problem document (RFC 9457, `application/problem+json`). */
export class Problem {
  /**
   * Always `about:blank`; `code` identifies the problem.
   * @example "about:blank"
   */
  type!: string;

  /**
   * Text of the status.
   * @example "Unprocessable Entity"
   */
  title!: string;

  /**
   * HTTP status.
   * @example 422
   */
  @ApiProperty({ type: 'integer' })
  status!: number;

  /**
   * What happened, in words.
   * @example "value must be a positive decimal of at most 15 significant digits"
   */
  detail!: string;

  /**
   * Stable identifier of the problem, for programs.
   * @example "http.invalid_request"
   */
  code!: string;

  /**
   * Id of the request, as in the header `X-Request-Id`: quote it to the operator, whose log has it. Absent over NATS.
   * @example "0f8fad5b-d9cb-469f-a165-70867728950e"
   */
  @ApiProperty({ required: false })
  request_id?: string;

  /** All invalid parameters and fields, if any. */
  @ApiProperty({ type: [ProblemParameter], required: false })
  errors?: ProblemParameter[];

  /**
   * Last date with a rate, if the currency was not set on the requested day.
   * @example "2025-12-31"
   */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, required: false })
  last_date?: string | null;

  /**
   * Log to continue with, if the requested events are no longer available.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11"
   */
  @ApiProperty({ format: 'uuid', required: false })
  log_id?: string;

  /** Newest event of that log. */
  @ApiProperty({ type: 'integer', required: false, example: 311 })
  seq?: number;

  /** All checks of `GET /health`, if the instance is unusable. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    selfRequired: false,
    example: { database: { status: 'down', code: 'database.unavailable' } },
  })
  checks?: object;

  /** The stored rate, if `If-Match` names another version; its tag is the `ETag` of the answer. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    selfRequired: false,
    example: { id: 149, code: 'USD', value: '78.5850' },
  })
  current?: object;

  /**
   * Command with which an operator can load the missing days; in a clone, use `npm run kurs --`.
   * @example "kurs backfill --from 1992-07-01"
   */
  @ApiProperty({ required: false })
  command?: string;
}
