import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const SCOPES = ['current', 'all'] as const;

/** Which currencies to list. */
export class CurrenciesQuery {
  /**
   * `current`: those with a rate in force today; `all`: those no longer set as well.
   * @example "current"
   */
  @ApiPropertyOptional({ enum: SCOPES, default: 'current' })
  @IsIn(SCOPES)
  scope: (typeof SCOPES)[number] = 'current';
}

/** A currency, by its letter code. */
export class V1Currency {
  /**
   * Letter code; the bank's ID for the two of its currencies that have none.
   * @example "USD"
   */
  code!: string;

  /**
   * Russian name.
   * @example "Доллар США"
   */
  name!: string;

  /** English name; null until the bank's dictionary has been loaded. */
  @ApiProperty({ type: 'string', nullable: true, example: 'US Dollar' })
  name_en!: string | null;

  /** Numeric code (ISO 4217). */
  @ApiProperty({ type: 'string', nullable: true, example: '840' })
  num_code!: string | null;

  /** Decimals of an amount (ISO 4217); null for units of account. */
  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  minor_unit!: number | null;

  /**
   * The bank's own IDs: one, or two where the bank gave a code twice (DEM, SAR).
   * @example ["R01235"]
   */
  cbr_ids!: string[];

  /** Day of the first fixing that is stored; null when none is. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '1992-07-01' })
  first_date!: string | null;

  /** Day of the last fixing that is stored. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-24' })
  last_date!: string | null;

  /**
   * Whether a rate of it is in force today.
   * @example true
   */
  set_today!: boolean;
}
