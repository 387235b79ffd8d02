import { ApiProperty } from '@nestjs/swagger';

/** A rate: one unit of `code` costs `rate` units of `quote`. Decimals are strings and keep their digits. */
export class V1Rate {
  /**
   * Letter code of the base currency.
   * @example "USD"
   */
  code!: string;

  /**
   * Currency of the rate. The rouble is `RUR` before 1998 and `RUB` since (one RUB is 1000 RUR).
   * @example "RUB"
   */
  quote!: string;

  /** Number of units that `value` is for, as published; null for cross rates. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  nominal!: number | null;

  /** Roubles for `nominal` units, digit for digit as published; null for cross rates. */
  @ApiProperty({ type: 'string', nullable: true, example: '78.5850' })
  value!: string | null;

  /**
   * Price of one unit: exact against the rouble; cross rates are exact or rounded to 28 significant digits (half
   * even).
   * @example "78.585"
   */
  rate!: string;

  /**
   * First day on which the fixing is in force; for a cross rate the later of its two fixings.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * Requested day.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  requested_date!: string;

  /**
   * Whether that day has no fixing of its own, so that an earlier one is in force.
   * @example false
   */
  carried!: boolean;

  /**
   * Whether that day is after today in Moscow and its sheet is not published: the rate in force is carried ahead, and
   * a sheet for that day would replace it.
   * @example false
   */
  provisional!: boolean;

  /**
   * Rate of the previous fixing, in the same rouble; null for the first known fixing, and if days between the two are
   * not loaded.
   */
  @ApiProperty({ type: 'string', nullable: true, example: '80.722' })
  previous_rate!: string | null;

  /** `rate` minus `previous_rate`. */
  @ApiProperty({ type: 'string', nullable: true, example: '-2.137' })
  change!: string | null;

  /** Change in per cent of `previous_rate`, four decimals, half even. */
  @ApiProperty({ type: 'string', nullable: true, example: '-2.6474' })
  change_percent!: string | null;

  /**
   * Russian name, as published.
   * @example "Доллар США"
   */
  name!: string;

  /** English name; null if unknown. */
  @ApiProperty({ type: 'string', nullable: true, example: 'US Dollar' })
  name_en!: string | null;

  /** Numeric code (ISO 4217). */
  @ApiProperty({ type: 'string', nullable: true, example: '840' })
  num_code!: string | null;

  /** The bank's ID; null for the rouble and for rates created by a person. */
  @ApiProperty({ type: 'string', nullable: true, example: 'R01235' })
  cbr_id!: string | null;

  /**
   * `cbr`: published by the bank; `manual`: created or edited by a person, or derived from such a rate.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;
}

/** Fixings of one currency in a week or a month. */
export class V1RateGroup {
  /**
   * Letter code of the base currency.
   * @example "USD"
   */
  code!: string;

  /**
   * Currency of the rates.
   * @example "RUB"
   */
  quote!: string;

  /**
   * ISO week or month.
   * @example "2025-12"
   */
  period!: string;

  /**
   * First day of the period.
   * @example "2025-12-01"
   */
  @ApiProperty({ format: 'date' })
  from!: string;

  /**
   * Last day of the period.
   * @example "2025-12-31"
   */
  @ApiProperty({ format: 'date' })
  to!: string;

  /**
   * Rate of the first fixing.
   * @example "77.7027"
   */
  open!: string;

  /**
   * Highest rate.
   * @example "80.722"
   */
  high!: string;

  /**
   * Lowest rate.
   * @example "76.0937"
   */
  low!: string;

  /**
   * Rate of the last fixing.
   * @example "78.2267"
   */
  close!: string;

  /**
   * Arithmetic mean of the fixings, exact or rounded to 28 significant digits (half even).
   * @example "78.4149"
   */
  average!: string;

  /**
   * Number of fixings.
   * @example 22
   */
  @ApiProperty({ type: 'integer' })
  fixings!: number;

  /**
   * Source of the rates.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;
}
