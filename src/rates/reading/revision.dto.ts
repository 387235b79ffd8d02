import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { Cell } from '../../common/row-writer.js';
import type { RateSource } from '../../events/rate-event.js';
import { REVISION_REASONS, type RevisionReason } from '../model/index.js';

/** A replaced or deleted version of a rate. */
@ApiSchema({ name: 'V1Revision' })
export class Revision {
  /**
   * Grows with every revision.
   * @example 12
   */
  @ApiProperty({ type: 'integer' })
  @Cell('plain')
  revision_id!: number;

  /**
   * Id of the rate.
   * @example 149
   */
  @ApiProperty({ type: 'integer' })
  @Cell('plain')
  rate_id!: number;

  /**
   * Letter code.
   * @example "USD"
   */
  @Cell('text')
  code!: string;

  /**
   * Name.
   * @example "Доллар США"
   */
  @Cell('text')
  name!: string;

  /**
   * Number of units that the value was for.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  @Cell('plain')
  nominal!: number;

  /**
   * Roubles for `nominal` units, digit for digit.
   * @example "78.5850"
   */
  @Cell('plain')
  value!: DecimalText;

  /**
   * Roubles for one unit.
   * @example "78.585"
   */
  @Cell('plain')
  rate!: DecimalText;

  /**
   * First day on which it was in force.
   * @example "2025-12-24"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @Cell('plain')
  effective_date!: CalendarDate;

  /**
   * Source of the version.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  @Cell('plain')
  source!: RateSource;

  /**
   * `correction`: the bank published another value; `edit`, `delete`: done by a person; `withdrawn`: the whole sheet
   * was withdrawn.
   * @example "correction"
   */
  @ApiProperty({ enum: REVISION_REASONS })
  @Cell('text')
  reason!: RevisionReason;

  /**
   * When this version was stored.
   * @example "2025-12-23T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  @Cell('plain')
  recorded_at!: string;

  /** Name of the API key that recorded this version; null for the bank's, and without a key. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  @Cell('text')
  recorded_by!: string | null;

  /**
   * When it was replaced or deleted.
   * @example "2025-12-24T08:00:12.001Z"
   */
  @ApiProperty({ format: 'date-time' })
  @Cell('plain')
  superseded_at!: string;

  /** Name of the API key that replaced or deleted it; null for corrections of the bank, and without a key. */
  @ApiProperty({ type: 'string', nullable: true, example: 'erp' })
  @Cell('text')
  superseded_by!: string | null;

  /** SHA-256 of the bank's document; null for manual versions. */
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  @Cell('plain')
  document_sha256!: string | null;
}
