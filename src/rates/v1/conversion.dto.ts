import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, ValidateBy } from 'class-validator';
import { withoutLeadingZeros } from '../../common/decimal.js';
import type { RoundingMode } from '../../common/rate-arithmetic.js';
import { IsCode } from '../model/index.js';
import { V1RateQuery } from './v1-queries.dto.js';
import { RateRecord } from '../reading/index.js';

const ROUNDING_MODES = ['half_up', 'half_even'] as const satisfies RoundingMode[];
/** The precision of derived figures. */
const AMOUNT = /^(?=(?:\D*\d){1,28}\D*$)\d+(?:\.\d+)?$/;

/** Parameters of a conversion. */
export class ConversionQuery extends PickType(V1RateQuery, ['date', 'source', 'as_of'] as const) {
  /**
   * Amount of `from`: a decimal of at most 28 digits, zero or more.
   * @example "100.50"
   */
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? withoutLeadingZeros(value) : value,
  )
  @ValidateBy({
    name: 'isAmount',
    validator: {
      validate: (value) => typeof value === 'string' && AMOUNT.test(value),
      defaultMessage: () => '$property must be a decimal of at most 28 digits, such as 100.50',
    },
  })
  amount!: string;

  /**
   * Letter code of the currency to convert from.
   * @example "USD"
   */
  @IsCode()
  from!: string;

  /**
   * Letter code of the currency to convert to.
   * @example "EUR"
   */
  @IsCode()
  to!: string;

  /**
   * Rounding of a half in `rounded`: away from zero, or to the even neighbour.
   * @example "half_up"
   */
  @ApiPropertyOptional({ enum: ROUNDING_MODES, default: 'half_up' })
  @IsIn(ROUNDING_MODES)
  round: RoundingMode = 'half_up';
}

/** Converted amount. Decimals are strings. */
export class V1Conversion {
  /**
   * Amount converted.
   * @example "100.50"
   */
  amount!: string;

  /**
   * Currency of the amount; `RUR` for roubles before 1998.
   * @example "USD"
   */
  from!: string;

  /**
   * Currency of the result.
   * @example "EUR"
   */
  to!: string;

  /**
   * Day of the rates used.
   * @example "2025-12-24"
   */
  @ApiProperty({ format: 'date' })
  requested_date!: string;

  /**
   * amount × rate of `from` ÷ rate of `to`, exact or rounded to 28 significant digits (half even).
   * @example "86.15617297934911853398471682"
   */
  result!: string;

  /** Result in the minor unit of `to` (ISO 4217), rounded once; null if it has none (XDR). */
  @ApiProperty({ type: 'string', nullable: true, example: '86.16' })
  rounded!: string | null;

  /**
   * Rounding mode of `rounded`.
   * @example "half_up"
   */
  @ApiProperty({ enum: ROUNDING_MODES })
  round!: string;

  /** Rates used, against the rouble; the rouble itself needs none. */
  @ApiProperty({ type: [RateRecord] })
  rates!: RateRecord[];
}
