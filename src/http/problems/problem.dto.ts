import { ApiProperty } from '@nestjs/swagger';

/** One unusable parameter or field. */
export class ProblemParameter {
  /**
   * Its name, as it stands in the query or the body.
   * @example "value"
   */
  parameter!: string;

  /**
   * What is wrong with it.
   * @example "value must be a positive decimal of at most 15 significant digits"
   */
  message!: string;
}

/** An error, as RFC 9457 has it (`application/problem+json`). */
export class Problem {
  /**
   * Always `about:blank`: `code` tells problems apart.
   * @example "about:blank"
   */
  type!: string;

  /**
   * The meaning of the status.
   * @example "Unprocessable Entity"
   */
  title!: string;

  /**
   * The HTTP status.
   * @example 422
   */
  @ApiProperty({ type: 'integer' })
  status!: number;

  /**
   * What happened, for a person.
   * @example "value must be a positive decimal of at most 15 significant digits"
   */
  detail!: string;

  /**
   * Stable name of the problem, for programs.
   * @example "http.invalid_request"
   */
  code!: string;

  /**
   * Names the request, as the header `X-Request-Id` of its answer does: to be quoted to whoever runs the
   * service, whose log has it. Absent over NATS.
   * @example "0f8fad5b-d9cb-469f-a165-70867728950e"
   */
  @ApiProperty({ required: false })
  request_id?: string;

  /** Every unusable parameter or field, where there are any. */
  @ApiProperty({ type: [ProblemParameter], required: false })
  errors?: ProblemParameter[];

  /**
   * The currency's last date before, where it was not set on the day asked for.
   * @example "2025-12-31"
   */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, required: false })
  last_date?: string | null;

  /**
   * The log to go on with, where events are not to be had any more.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11"
   */
  @ApiProperty({ format: 'uuid', required: false })
  log_id?: string;

  /** Its newest event. */
  @ApiProperty({ type: 'integer', required: false, example: 311 })
  seq?: number;

  /** Everything that `GET /health` knows, where the instance cannot be used. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    selfRequired: false,
    example: { database: { status: 'down', code: 'database.unavailable' } },
  })
  checks?: object;

  /** The rate as it is stored now, where `If-Match` named another version; its tag is the `ETag` of the answer. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    selfRequired: false,
    example: { id: 149, code: 'USD', value: '78.5850' },
  })
  current?: object;

  /**
   * What an operator can run to load what is missing; in a clone it begins with `npm run kurs --`.
   * @example "kurs backfill --from 1992-07-01"
   */
  @ApiProperty({ required: false })
  command?: string;
}
