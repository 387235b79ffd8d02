import { ApiProperty } from '@nestjs/swagger';

/** What a forced run came to. */
export class TaskResult {
  /**
   * A run that fails answers with a problem instead.
   * @example "success"
   */
  @ApiProperty({ enum: ['success'] })
  status!: 'success';

  /**
   * The same for a person.
   * @example "Rates update finished, saved 54 records"
   */
  message!: string;

  /**
   * How many rates are new or other than before: as many events were sent.
   * @example 54
   */
  @ApiProperty({ type: 'integer' })
  saved!: number;

  /**
   * How many were as before.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  unchanged!: number;

  /**
   * How many items are held, and wait in `/v1/quarantine` for a person; a sheet as a whole is one.
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
