import { ApiProperty } from '@nestjs/swagger';
import { QUARANTINE_STATES, type QuarantineState } from '../model/index.js';

/** State of a quarantined item. */
export class V1QuarantineDecision {
  /**
   * `pending`: awaits a decision; `withdrawn`: the bank has published something else meanwhile.
   * @example "pending"
   */
  @ApiProperty({ enum: QUARANTINE_STATES })
  state!: QuarantineState;

  /**
   * When it was held; for sheets, the first of them.
   * @example "2022-03-10T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  held_at!: string;

  /** When it was decided; null while pending. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  decided_at!: string | null;

  /** Name of the API key that decided; null without a key, and if the bank settled it. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  decided_by!: string | null;
}
