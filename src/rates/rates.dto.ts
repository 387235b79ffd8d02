import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { type CalendarDate, isCalendarDate } from '../common/calendar-date.js';
import {
  type DecimalText,
  decimalOfNumber,
  isNominal,
  isPrice,
  withoutLeadingZeros,
} from '../common/decimal.js';

const LARGEST_INT4 = 2_147_483_647;
const CONTROL_CHARACTERS = /^\P{Cc}*$/u;

/** A query parameter of digits becomes a number; everything else stays, for the validator to refuse. */
const Digits = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );

/** A field that may be absent, but is never null. */
const IsAbsentOr = () => ValidateIf((_, value) => value !== undefined);

function IsCode(): PropertyDecorator {
  const upperCase = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toUpperCase() : value,
  );
  // Dots and stars would break the subjects that events are published on.
  const matches = Matches(/^[A-Z][A-Z0-9]{1,11}$/, {
    message: '$property must be 2 to 12 letters or digits, a letter first',
  });
  return (target, property) => [upperCase, matches].forEach((apply) => apply(target, property));
}

/** A price given as a JSON number or as decimal text; the text keeps its digits. */
function IsPrice(): PropertyDecorator {
  const toText = Transform(({ value }: { value: unknown }) => {
    if (typeof value === 'number') return decimalOfNumber(value);
    return typeof value === 'string' ? withoutLeadingZeros(value.trim()) : value;
  });
  const isPriceText = ValidateBy({
    name: 'isPrice',
    validator: {
      validate: (value) => typeof value === 'string' && isPrice(value),
      defaultMessage: () =>
        '$property must be a positive decimal of at most 15 significant digits, such as 78.5850',
    },
  });
  return (target, property) => [toText, isPriceText].forEach((apply) => apply(target, property));
}

function IsName(): PropertyDecorator {
  const trimmed = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim() : value,
  );
  const visible = Matches(CONTROL_CHARACTERS, {
    message: '$property must not hold control characters',
  });
  return (target, property) =>
    [trimmed, IsString(), Length(1, 200), visible].forEach((apply) => apply(target, property));
}

const PRICE_SCHEMA = {
  oneOf: [{ type: 'number' }, { type: 'string', pattern: '^[0-9]+([.][0-9]+)?$' }],
  description:
    'Roubles for `nominal` units; decimal text keeps its digits, trailing zeros included.',
  example: '78.5850',
};

/** Which rates to list. */
export class ListingQuery {
  /**
   * At most this many; absent: all.
   * @example 100
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_INT4 })
  @IsOptional()
  @Digits()
  @IsInt()
  @Min(1)
  @Max(LARGEST_INT4)
  limit?: number;

  /**
   * How many of the newest to leave out.
   * @example 0
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: LARGEST_INT4 })
  @IsOptional()
  @Digits()
  @IsInt()
  @Min(0)
  @Max(LARGEST_INT4)
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

export class CodeListingQuery extends ListingQuery {
  /**
   * Letter code, in either case.
   * @example "usd"
   */
  @IsCode()
  code!: string;
}

/** A rate to create by hand. */
export class CreateRate {
  /**
   * Letter code; stored in upper case.
   * @example "USD"
   */
  @IsCode()
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
   * How many units the value is for: a power of ten up to 10⁹. Default 1.
   * @example 1
   */
  @ApiPropertyOptional({ type: 'integer' })
  @IsAbsentOr()
  @Digits()
  @ValidateBy({
    name: 'isNominal',
    validator: {
      validate: (value) => typeof value === 'number' && isNominal(value),
      defaultMessage: () => '$property must be 1, 10, 100 … 1000000000',
    },
  })
  nominal?: number;

  /**
   * From which day the rate is in force. Default: today in Moscow.
   * @example "2025-12-24"
   */
  @ApiPropertyOptional({ type: 'string', format: 'date' })
  @IsAbsentOr()
  @ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: isCalendarDate,
      defaultMessage: () => '$property must be a calendar date, YYYY-MM-DD',
    },
  })
  effective_date?: CalendarDate;
}

export class RateId {
  /**
   * Id of the rate.
   * @example 149
   */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LARGEST_INT4 })
  @Digits()
  @IsInt()
  @Min(1)
  @Max(LARGEST_INT4)
  rate_id!: number;
}

/** What to change of a rate; at least one of the two. */
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
