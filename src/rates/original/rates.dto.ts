import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import type { CalendarDate } from '../../common/calendar-date.js';
import type { DecimalText } from '../../common/decimal.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import {
  IsAbsentOr,
  IsCode,
  IsCodeOrId,
  IsDay,
  IsName,
  IsNominal,
  IsPrice,
  IsPricedCode,
  IsWhole,
  LARGEST_INT4,
  PRICE_SCHEMA,
} from '../model/index.js';

/** Page of rates. */
export class ListingQuery {
  /**
   * Page size; absent: all.
   * @example 100
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_INT4 })
  @IsAbsentOr()
  @IsWhole(1, LARGEST_INT4)
  limit?: number;

  /**
   * Number of newest rates to skip.
   * @example 0
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: LARGEST_INT4 })
  @IsAbsentOr()
  @IsWhole(0, LARGEST_INT4)
  offset?: number;
}

export class CodeParameter {
  /**
   * Letter code, in either case.
   * @example "USD"
   */
  @IsCode()
  code!: string;
}

export class CodeOrIdParameter {
  /**
   * Letter code, in either case; or the id of one rate.
   * @example "USD"
   */
  @IsCodeOrId()
  code!: string;
}

export class CodeListingQuery extends ListingQuery {
  /**
   * Letter code, in either case.
   * @example "usd"
   */
  @IsCode()
  code!: string;
}

/** A manual rate to create. */
export class CreateRate {
  /**
   * Letter code; stored in upper case. Not RUB or RUR: prices are in roubles.
   * @example "USD"
   */
  @IsPricedCode()
  code!: string;

  /**
   * Name, 1 to 200 characters.
   * @example "Доллар США"
   */
  @IsName()
  name!: string;

  @ApiProperty(PRICE_SCHEMA)
  @IsPrice()
  value!: DecimalText;

  /**
   * Number of units that the value is for: a power of ten up to 10⁹. Default 1.
   * @example 1
   */
  @ApiPropertyOptional({ type: 'integer' })
  @IsAbsentOr()
  @IsNominal()
  nominal?: number;

  /**
   * First day on which the rate is in force. Default: today in Moscow.
   * @example "2025-12-24"
   */
  @ApiPropertyOptional({ type: 'string', format: 'date' })
  @IsAbsentOr()
  @IsDay()
  effective_date?: CalendarDate;
}

export class RateId {
  /**
   * Id of the rate.
   * @example 149
   */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LARGEST_INT4 })
  @IsWhole(1, LARGEST_INT4)
  rate_id!: number;
}

/** Change of a rate; at least one field. */
export class UpdateRate {
  /**
   * New name, 1 to 200 characters.
   * @example "Доллар США"
   */
  @IsAbsentOr()
  @IsName()
  name?: string;

  @ApiPropertyOptional(PRICE_SCHEMA)
  @IsAbsentOr()
  @IsPrice()
  value?: DecimalText;
}

export class UpdateRateQuery extends IntersectionType(RateId, UpdateRate) {}

/** @throws InvalidRequestError for an edit without fields */
export function rejectEmptyEdit({ name, value }: UpdateRate): void {
  if (name !== undefined || value !== undefined) return;
  throw InvalidRequestError.of('value', 'name or value must be given');
}
