import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { Cell } from '../../common/row-writer.js';
import type { RateSource } from '../../events/rate-event.js';

/** A rate: one unit of `code` costs `rate` units of `quote`. Decimals are strings and keep their digits. */
@ApiSchema({ name: 'V1Rate' })
export class RateRecord {
  /**
   * Letter code of the base currency.
   * @example "USD"
   */
  @Cell('text')
  code!: string;

  /**
   * Currency of the rate. The rouble is `RUR` before 1998 and `RUB` since (one RUB is 1000 RUR).
   * @example "RUB"
   */
  @Cell('text')
  quote!: string;

  /** Number of units that `value` is for, as published; null for cross rates. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  @Cell('plain')
  nominal!: number | null;

  /** Roubles for `nominal` units, digit for digit as published; null for cross rates. */
  @ApiProperty({ type: 'string', nullable: true, example: '78.5850' })
  @Cell('plain')
  value!: DecimalText | null;

  /**
   * Price of one unit: exact against the rouble; cross rates are exact or rounded to 28 significant digits (half
   * even).
   * @example "78.585"
   */
  @Cell('plain')
  rate!: DecimalText;

  /**
   * First day on which the fixing is in force; for a cross rate the later of its two fixings.
   * @example "2025-12-24"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @Cell('plain')
  effective_date!: CalendarDate;

  /**
   * Requested day.
   * @example "2025-12-24"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @Cell('plain')
  requested_date!: CalendarDate;

  /**
   * Whether that day has no fixing of its own, so that an earlier one is in force.
   * @example false
   */
  @Cell('plain')
  carried!: boolean;

  /**
   * Whether that day is after today in Moscow and its sheet is not published: the rate in force is carried ahead, and
   * a sheet for that day would replace it.
   * @example false
   */
  @Cell('plain')
  provisional!: boolean;

  /**
   * Rate of the previous fixing, in the same rouble; null for the first known fixing, and if days between the two are
   * not loaded.
   */
  @ApiProperty({ type: 'string', nullable: true, example: '80.722' })
  @Cell('plain')
  previous_rate!: DecimalText | null;

  /** `rate` minus `previous_rate`. */
  @ApiProperty({ type: 'string', nullable: true, example: '-2.137' })
  @Cell('plain')
  change!: DecimalText | null;

  /** Change in per cent of `previous_rate`, four decimals, half even. */
  @ApiProperty({ type: 'string', nullable: true, example: '-2.6474' })
  @Cell('plain')
  change_percent!: DecimalText | null;

  /**
   * Russian name, as published.
   * @example "Доллар США"
   */
  @Cell('text')
  name!: string;

  /** English name; null if unknown. */
  @ApiProperty({ type: 'string', nullable: true, example: 'US Dollar' })
  @Cell('text')
  name_en!: string | null;

  /** Numeric code (ISO 4217). */
  @ApiProperty({ type: 'string', nullable: true, example: '840' })
  @Cell('text')
  num_code!: string | null;

  /** The bank's ID; null for the rouble and for rates created by a person. */
  @ApiProperty({ type: 'string', nullable: true, example: 'R01235' })
  @Cell('text')
  cbr_id!: string | null;

  /**
   * `cbr`: published by the bank; `manual`: created or edited by a person, or derived from such a rate.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  @Cell('plain')
  source!: RateSource;
}
