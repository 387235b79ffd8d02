import { ApiProperty } from '@nestjs/swagger';
import { QUARANTINE_STATES, type QuarantineState } from '../model/index.js';

/**
 * Sheets of the bank that lack more than `CBR_MAX_SHRINK_PERCENT` of the currencies of the sheet before, all
 * with the same currencies.
 */
export class V1QuarantinedSheet {
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

  /**
   * `pending` waits for a person; `withdrawn`: the bank published other sheets meanwhile.
   * @example "pending"
   */
  @ApiProperty({ enum: QUARANTINE_STATES })
  state!: QuarantineState;

  /**
   * When the first of them was held.
   * @example "2001-12-30T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  held_at!: string;

  /** When it was decided; null while it waits. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  decided_at!: string | null;

  /** Name of the API key that decided; null where none was needed, and where the bank itself settled it. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  decided_by!: string | null;
}
