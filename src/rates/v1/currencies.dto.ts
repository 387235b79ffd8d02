import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const SCOPES = ['current', 'all'] as const;

/** Selects currencies. */
export class CurrenciesQuery {
  /**
   * `current`: those with a rate in force today; `all`: also those no longer set.
   * @example "current"
   */
  @ApiPropertyOptional({ enum: SCOPES, default: 'current' })
  @IsIn(SCOPES)
  scope: (typeof SCOPES)[number] = 'current';
}

/** A currency, by letter code. */
export class V1Currency {
  /**
   * Letter code; the bank's ID for the two currencies without one.
   * @example "USD"
   */
  code!: string;

  /**
   * Russian name.
   * @example "Доллар США"
   */
  name!: string;

  /** English name; null until the bank's dictionary is loaded. */
  @ApiProperty({ type: 'string', nullable: true, example: 'US Dollar' })
  name_en!: string | null;

  /** Numeric code (ISO 4217). */
  @ApiProperty({ type: 'string', nullable: true, example: '840' })
  num_code!: string | null;

  /** Decimals of an amount (ISO 4217); null for units of account. */
  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  minor_unit!: number | null;

  /**
   * The bank's IDs: one, or two for a code that the bank assigned twice (DEM, SAR).
   * @example ["R01235"]
   */
  cbr_ids!: string[];

  /** Day of the first stored fixing; null if none is stored. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '1992-07-01' })
  first_date!: string | null;

  /** Day of the last stored fixing. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-24' })
  last_date!: string | null;

  /**
   * Whether it has a rate in force today.
   * @example true
   */
  set_today!: boolean;
}
