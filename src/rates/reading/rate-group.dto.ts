import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { Cell } from '../../common/row-writer.js';
import type { RateSource } from '../../events/rate-event.js';

/** Fixings of one currency in a week or a month. */
@ApiSchema({ name: 'V1RateGroup' })
export class RateGroup {
  /**
   * Letter code of the base currency.
   * @example "USD"
   */
  @Cell('text')
  code!: string;

  /**
   * Currency of the rates.
   * @example "RUB"
   */
  @Cell('text')
  quote!: string;

  /**
   * ISO week or month.
   * @example "2025-12"
   */
  @Cell('plain')
  period!: string;

  /**
   * First day of the period.
   * @example "2025-12-01"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @Cell('plain')
  from!: CalendarDate;

  /**
   * Last day of the period.
   * @example "2025-12-31"
   */
  @ApiProperty({ type: 'string', format: 'date' })
  @Cell('plain')
  to!: CalendarDate;

  /**
   * Rate of the first fixing.
   * @example "77.7027"
   */
  @Cell('plain')
  open!: DecimalText;

  /**
   * Highest rate.
   * @example "80.722"
   */
  @Cell('plain')
  high!: DecimalText;

  /**
   * Lowest rate.
   * @example "76.0937"
   */
  @Cell('plain')
  low!: DecimalText;

  /**
   * Rate of the last fixing.
   * @example "78.2267"
   */
  @Cell('plain')
  close!: DecimalText;

  /**
   * Arithmetic mean of the fixings, exact or rounded to 28 significant digits (half even).
   * @example "78.4149"
   */
  @Cell('plain')
  average!: DecimalText;

  /**
   * Number of fixings.
   * @example 22
   */
  @ApiProperty({ type: 'integer' })
  @Cell('plain')
  fixings!: number;

  /**
   * Source of the rates.
   * @example "cbr"
   */
  @ApiProperty({ enum: ['cbr', 'manual'] })
  @Cell('plain')
  source!: RateSource;
}
