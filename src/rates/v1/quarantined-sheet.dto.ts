import { ApiProperty } from '@nestjs/swagger';
import { V1QuarantineDecision } from './quarantine-decision.dto.js';

/**
 * Sheets of the bank that lack more than `CBR_MAX_SHRINK_PERCENT` of the currencies of the sheet before, all
 * with the same currencies.
 */
export class V1QuarantinedSheet extends V1QuarantineDecision {
  /**
   * Id to decide by.
   * @example 7
   */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** Sheets as a whole. */
  @ApiProperty({ enum: ['sheet'], example: 'sheet' })
  kind!: 'sheet';

  /**
   * Date of the first of the sheets.
   * @example "2002-01-01"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * Dates of all of them, in order: they are decided about together.
   * @example ["2002-01-01", "2002-01-04"]
   */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'date' } })
  dates!: string[];

  /**
   * How many currencies each of them has.
   * @example 17
   */
  @ApiProperty({ type: 'integer' })
  currencies!: number;

  /**
   * Date of the sheet that they were compared with.
   * @example "2001-12-29"
   */
  @ApiProperty({ format: 'date' })
  previous_date!: string;

  /**
   * Letter codes of the currencies of that sheet that they lack; accepted, these are not set from
   * `effective_date` on.
   * @example ["ATS", "BEF", "DEM"]
   */
  @ApiProperty({ type: [String] })
  missing_codes!: string[];
}
