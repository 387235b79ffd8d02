import { ApiProperty } from '@nestjs/swagger';
import { QUARANTINE_STATES, type QuarantineState } from '../model/index.js';

/** What has become of an item of the quarantine. */
export class V1QuarantineDecision {
  /**
   * `pending` waits for a person; `withdrawn`: the bank published something else meanwhile.
   * @example "pending"
   */
  @ApiProperty({ enum: QUARANTINE_STATES })
  state!: QuarantineState;

  /**
   * When it was held; of sheets, the first of them.
   * @example "2022-03-10T15:05:44.987Z"
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
