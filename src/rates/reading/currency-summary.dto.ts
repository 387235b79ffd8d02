import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { CalendarDate } from '../../common/calendar-date.js';
import { Cell } from '../../common/row-writer.js';

/** A currency, by letter code. */
@ApiSchema({ name: 'V1Currency' })
export class CurrencySummary {
  /**
   * Letter code; the bank's ID for the two currencies without one.
   * @example "USD"
   */
  @Cell('text')
  code!: string;

  /**
   * Russian name.
   * @example "Доллар США"
   */
  @Cell('text')
  name!: string;

  /** English name; null until the bank's dictionary is loaded. */
  @ApiProperty({ type: 'string', nullable: true, example: 'US Dollar' })
  @Cell('text')
  name_en!: string | null;

  /** Numeric code (ISO 4217). */
  @ApiProperty({ type: 'string', nullable: true, example: '840' })
  @Cell('text')
  num_code!: string | null;

  /** Decimals of an amount (ISO 4217); null for units of account. */
  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  @Cell('plain')
  minor_unit!: number | null;

  /**
   * The bank's IDs: one, or two for a code that the bank assigned twice (DEM, SAR).
   * @example ["R01235"]
   */
  @Cell('words')
  cbr_ids!: string[];

  /** Day of the first stored fixing; null if none is stored. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '1992-07-01' })
  @Cell('plain')
  first_date!: CalendarDate | null;

  /** Day of the last stored fixing. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-24' })
  @Cell('plain')
  last_date!: CalendarDate | null;

  /**
   * Whether it has a rate in force today.
   * @example true
   */
  @Cell('plain')
  set_today!: boolean;
}
