import { ApiProperty } from '@nestjs/swagger';
import { IsWhole, LARGEST_INT4 } from '../model/index.js';

export class V1RateId {
  /**
   * Id of the rate.
   * @example 149
   */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LARGEST_INT4 })
  @IsWhole(1, LARGEST_INT4)
  id!: number;
}

/** Stored rate. Decimals are strings. */
export class V1StoredRate {
  /**
   * Id of the rate; never reused.
   * @example 149
   */
  @ApiProperty({ type: 'integer' })
  id!: number;

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
   * Number of units that the value is for.
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
   * First day on which it is in force.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * `manual` if a person created or edited it.
   * @example "manual"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;

  /**
   * When it was first stored.
   * @example "2025-12-23T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /**
   * When it was last changed.
   * @example "2025-12-23T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}
