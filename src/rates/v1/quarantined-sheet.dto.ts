import { ApiProperty } from '@nestjs/swagger';
import { V1QuarantineDecision } from './quarantine-decision.dto.js';

/**
 * Sheets that lack more than `CBR_MAX_SHRINK_PERCENT` of the currencies of the sheet before, all with the same
 * currencies.
 */
export class V1QuarantinedSheet extends V1QuarantineDecision {
  /**
   * Id for the decision.
   * @example 7
   */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** Whole sheets. */
  @ApiProperty({ enum: ['sheet'], example: 'sheet' })
  kind!: 'sheet';

  /**
   * Date of the first sheet.
   * @example "2002-01-01"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * Dates of all sheets, in order. They are decided together.
   * @example ["2002-01-01", "2002-01-04"]
   */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'date' } })
  dates!: string[];

  /**
   * Number of currencies in each sheet.
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
   * Letter codes that they lack compared with that sheet. If the item is accepted, these currencies are no longer set
   * from `effective_date`.
   * @example ["ATS", "BEF", "DEM"]
   */
  @ApiProperty({ type: [String] })
  missing_codes!: string[];
}
