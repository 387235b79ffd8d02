import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsWhole, LARGEST_INT4, REVISION_REASONS } from '../model/index.js';

/** Page of revisions. */
export class RevisionsQuery {
  /**
   * Only revisions after this `revision_id`.
   * @example 0
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, default: 0 })
  @IsWhole(0, LARGEST_INT4)
  after = 0;
}

/** A replaced or deleted version of a rate. */
export class V1Revision {
  /**
   * Grows with every revision.
   * @example 12
   */
  @ApiProperty({ type: 'integer' })
  revision_id!: number;

  /**
   * Id of the rate.
   * @example 149
   */
  @ApiProperty({ type: 'integer' })
  rate_id!: number;

  /**
   * Letter code.
   * @example "USD"
   */
  code!: string;

  /**
   * Name.
   * @example "Доллар США"
   */
  name!: string;

  /**
   * Number of units that the value was for.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  nominal!: number;

  /**
   * Roubles for `nominal` units, digit for digit.
   * @example "78.5850"
   */
  value!: string;

  /**
   * Roubles for one unit.
   * @example "78.585"
   */
  rate!: string;

  /**
   * First day on which it was in force.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * Source of the version.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;

  /**
   * `correction`: the bank published another value; `edit`, `delete`: done by a person; `withdrawn`: the whole sheet
   * was withdrawn.
   * @example "correction"
   */
  @ApiProperty({ enum: REVISION_REASONS })
  reason!: string;

  /**
   * When this version was stored.
   * @example "2025-12-23T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  recorded_at!: string;

  /** Name of the API key that recorded this version; null for the bank's, and without a key. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  recorded_by!: string | null;

  /**
   * When it was replaced or deleted.
   * @example "2025-12-24T08:00:12.001Z"
   */
  @ApiProperty({ format: 'date-time' })
  superseded_at!: string;

  /** Name of the API key that replaced or deleted it; null for corrections of the bank, and without a key. */
  @ApiProperty({ type: 'string', nullable: true, example: 'erp' })
  superseded_by!: string | null;

  /** SHA-256 of the bank's document; null for manual versions. */
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  document_sha256!: string | null;
}
