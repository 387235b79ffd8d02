import { ApiProperty } from '@nestjs/swagger';

/** A rate: from `effective_date` on, `nominal` units of the currency cost `value` roubles. */
export class Rate {
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
   * Name, in Russian if published by the bank.
   * @example "Доллар США"
   */
  name!: string;

  /**
   * Roubles for `nominal` units, as a JSON number of at most 15 significant digits.
   * @example 78.585
   */
  value!: number;

  /**
   * When the rate was first stored (UTC).
   * @example "2025-12-23T15:05:44.987Z"
   */
  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  /**
   * Number of units that the value is for.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  nominal!: number;

  /**
   * Date printed in the bank's sheet, from which the rate is in force.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * `cbr`: published by the bank; `manual`: created or edited by a person.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  source!: string;
}
