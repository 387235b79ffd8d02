import { ApiProperty } from '@nestjs/swagger';

/** A rate: one unit of `code` costs `rate` units of `quote`. Decimals are strings and keep their digits. */
export class V1Rate {
  /**
   * Letter code of the base currency.
   * @example "USD"
   */
  code!: string;

  /**
   * What the rate is counted in. The rouble is `RUR` before 1998 and `RUB` since (one RUB is 1000 RUR).
   * @example "RUB"
   */
  quote!: string;

  /** How many units `value` is for, as published; null for cross rates. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  nominal!: number | null;

  /** Roubles for `nominal` units, digit for digit as published; null for cross rates. */
  @ApiProperty({ type: 'string', nullable: true, example: '78.5850' })
  value!: string | null;

  /**
   * For one unit: exact against the rouble; for cross rates 28 significant digits, half even, fewer where the figure is exact.
   * @example "78.585"
   */
  rate!: string;

  /**
   * The date of the fixing, from which it is in force; of a cross rate the later of its two.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * The day that is answered.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  requested_date!: string;

  /**
   * True when that day has no fixing of its own and the one in force is answered.
   * @example false
   */
  carried!: boolean;

  /**
   * True when that day is after today in Moscow and its sheet is not published: the rate in force is carried
   * ahead, and a sheet for that day would replace it.
   * @example false
   */
  provisional!: boolean;

  /** The rate before this fixing, in the same rouble; null for the first one known, and where days between the two are not loaded. */
  @ApiProperty({ type: 'string', nullable: true, example: '80.722' })
  previous_rate!: string | null;

  /** `rate` less `previous_rate`. */
  @ApiProperty({ type: 'string', nullable: true, example: '-2.137' })
  change!: string | null;

  /** The same in per cent of `previous_rate`, four decimals, half even. */
  @ApiProperty({ type: 'string', nullable: true, example: '-2.6474' })
  change_percent!: string | null;

  /**
   * Russian name, as the bank gave it.
   * @example "Доллар США"
   */
  name!: string;

  /** English name; null where none is known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'US Dollar' })
  name_en!: string | null;

  /** Numeric code (ISO 4217). */
  @ApiProperty({ type: 'string', nullable: true, example: '840' })
  num_code!: string | null;

  /** The bank's own ID; null for the rouble and for what people created. */
  @ApiProperty({ type: 'string', nullable: true, example: 'R01235' })
  cbr_id!: string | null;

  /**
   * `cbr`: published by the bank; `manual`: created or edited by a person, or counted in such a rate.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;
}

/** The fixings of one currency in a week or a month. */
export class V1RateGroup {
  /**
   * Letter code of the base currency.
   * @example "USD"
   */
  code!: string;

  /**
   * What the rates are counted in.
   * @example "RUB"
   */
  quote!: string;

  /**
   * Week of ISO 8601 or month.
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
   * Arithmetic mean of the fixings, 28 significant digits, half even, fewer where it is exact.
   * @example "78.4149"
   */
  average!: string;

  /**
   * How many fixings there were.
   * @example 22
   */
  @ApiProperty({ type: 'integer' })
  fixings!: number;

  /**
   * Whose rates these are.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;
}
