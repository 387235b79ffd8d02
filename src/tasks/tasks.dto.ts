import { ApiProperty } from '@nestjs/swagger';

/** Result of a forced run. */
export class TaskResult {
  /**
   * A failed run answers with a problem document instead.
   * @example "success"
   */
  @ApiProperty({ enum: ['success'] })
  status!: 'success';

  /**
   * Human-readable message.
   * @example "Rates update finished, saved 54 records"
   */
  message!: string;

  /**
   * Number of new or changed rates; each was announced as an event.
   * @example 54
   */
  @ApiProperty({ type: 'integer' })
  saved!: number;

  /**
   * Number of unchanged rates.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  unchanged!: number;

  /**
   * Number of items held in `/v1/quarantine`; a whole sheet counts as one.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  quarantined!: number;

  /**
   * Date of the newest sheet.
   * @example "2026-04-25"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;
}
