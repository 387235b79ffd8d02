import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { isCalendarDate } from '../../common/calendar-date.js';
import { CURRENCY_CODE } from '../../common/currency-code.js';
import { decimalOfNumber, isNominal, isPrice, withoutLeadingZeros } from '../../common/decimal.js';
import { isRouble } from './rouble.js';

/*
 * Validation decorators for the DTOs of this room. Each first converts query text to its value if possible, and
 * leaves anything else to the validator.
 */

/** Maximum length of a list of codes. */
export const MOST_CODES = 100;
/** Largest id on both engines. */
export const LARGEST_INT4 = 2_147_483_647;
/** Databases replace a lone surrogate by another character. */
const CHARACTERS = /^[^\p{Cc}\p{Cs}]*$/u;

/** Converts a query parameter of digits to a number, and leaves anything else to the validator. */
export const Digits = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );

/** An optional field that must not be null. */
export const IsAbsentOr = () => ValidateIf((_, value) => value !== undefined);

export function IsCode(): PropertyDecorator {
  const upperCase = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toUpperCase() : value,
  );
  const matches = Matches(CURRENCY_CODE, {
    message: '$property must be 2 to 12 letters or digits, a letter first',
  });
  return all(upperCase, matches);
}

/** A code, which starts with a letter, or the id of a rate, which has only digits; they cannot collide. */
export function IsCodeOrId(): PropertyDecorator {
  const upperCase = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toUpperCase() : value,
  );
  const isEither = ValidateBy({
    name: 'isCodeOrId',
    validator: {
      validate: (value) =>
        typeof value === 'string' && (CURRENCY_CODE.test(value) || idOf(value) !== undefined),
      defaultMessage: () =>
        `$property must be 2 to 12 letters or digits, a letter first, or an id of at most ${LARGEST_INT4}`,
    },
  });
  return all(upperCase, isEither);
}

/** Id in place of a code; undefined for a code. */
export function idOf(codeOrId: string): number | undefined {
  if (!/^\d{1,10}$/.test(codeOrId)) return undefined;
  const id = Number(codeOrId);
  return id >= 1 && id <= LARGEST_INT4 ? id : undefined;
}

/** A code with a price in roubles: neither rouble. */
export function IsPricedCode(): PropertyDecorator {
  const isPriced = ValidateBy({
    name: 'isPriced',
    validator: {
      validate: (value) => typeof value !== 'string' || !isRouble(value),
      defaultMessage: () => '$property must be another currency: prices are in roubles',
    },
  });
  return all(IsCode(), isPriced);
}

/** `USD,EUR`: converted to a list of distinct codes. */
export function IsCodeList(): PropertyDecorator {
  const toList = Transform(({ value }: { value: unknown }) => {
    if (typeof value === 'string') return value.split(',').map((code) => code.trim().toUpperCase());
    // A repeated parameter arrives as an array, which is not supported.
    return value === undefined ? value : null;
  });
  const isList = ValidateBy({
    name: 'isCodeList',
    validator: {
      validate: (value) => {
        if (!Array.isArray(value) || value.length > MOST_CODES) return false;
        const isEachCode = value.every(
          (code) => typeof code === 'string' && CURRENCY_CODE.test(code),
        );
        return isEachCode && new Set(value).size === value.length;
      },
      defaultMessage: () =>
        `$property must be 1 to ${MOST_CODES} different codes, separated by commas`,
    },
  });
  return all(toList, isList);
}

/** `true` or `false`. */
export function IsFlag(): PropertyDecorator {
  const toBoolean = Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  );
  return all(toBoolean, IsBoolean({ message: '$property must be true or false' }));
}

/** An existing calendar date. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: isCalendarDate,
      defaultMessage: () => '$property must be a calendar date, YYYY-MM-DD',
    },
  });
}

/** Integer in a query or a body. */
export function IsWhole(least: number, most: number): PropertyDecorator {
  return all(
    Digits(),
    IsInt({ message: `$property must be a whole number from ${least} to ${most}` }),
    Min(least, { message: `$property must be at least ${least}` }),
    Max(most, { message: `$property must be at most ${most}` }),
  );
}

/** 1, 10, 100 … 10⁹. */
export function IsNominal(): PropertyDecorator {
  const isNominalNumber = ValidateBy({
    name: 'isNominal',
    validator: {
      validate: (value) => typeof value === 'number' && isNominal(value),
      defaultMessage: () => '$property must be 1, 10, 100 … 1000000000',
    },
  });
  return all(Digits(), isNominalNumber);
}

/** Price as a JSON number or decimal text; the text keeps its digits. */
export function IsPrice(): PropertyDecorator {
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
  return all(toText, isPriceText);
}

export const IsName = (): PropertyDecorator => IsText(200);

/** Printable text of 1 to `longest` characters, trimmed. */
export function IsText(longest: number): PropertyDecorator {
  const trimmed = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim() : value,
  );
  const visible = Matches(CHARACTERS, {
    message: '$property must not contain control characters or lone surrogates',
  });
  return all(trimmed, IsString(), Length(1, longest), visible);
}

/** OpenAPI schema of a given price. */
export const PRICE_SCHEMA = {
  oneOf: [{ type: 'number' }, { type: 'string', pattern: '^[0-9]+([.][0-9]+)?$' }],
  description:
    'Roubles for `nominal` units; decimal text keeps its digits, trailing zeros included.',
  example: '78.5850',
};

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((apply) => apply(target, property));
}
