import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import {
  IsAbsentOr,
  IsCode,
  IsCodeList,
  IsDay,
  IsFlag,
  IsName,
  IsNominal,
  IsPrice,
  IsPricedCode,
  IsWhole,
} from './rate-fields.js';

class Fields {
  @IsAbsentOr()
  @IsCode()
  code?: unknown;

  @IsAbsentOr()
  @IsCodeList()
  codes?: unknown;

  @IsAbsentOr()
  @IsFlag()
  flag?: unknown;

  @IsAbsentOr()
  @IsDay()
  day?: unknown;

  @IsAbsentOr()
  @IsWhole(1, 1000)
  whole?: unknown;

  @IsAbsentOr()
  @IsNominal()
  nominal?: unknown;

  @IsAbsentOr()
  @IsPrice()
  price?: unknown;

  @IsAbsentOr()
  @IsName()
  name?: unknown;
}
type Field = keyof Fields;

/** The value of a field for an input, or why it is rejected. */
function taken(field: Field, given: unknown): { value: unknown } | { refused: string } {
  const fields = plainToInstance(Fields, { [field]: given });
  const [error] = validateSync(fields);
  if (!error) return { value: fields[field] };
  return { refused: Object.values(error.constraints ?? {}).join('; ') };
}

const CODES = Array.from({ length: 101 }, (_, index) => `C${index}`);
const NAME = 'я'.repeat(200);

describe('a field', () => {
  it.each<[Field, unknown, unknown]>([
    ['code', 'USD', 'USD'],
    ['code', ' usd ', 'USD'],
    ['code', 'A1', 'A1'],
    ['code', 'ABCDEFGHIJ12', 'ABCDEFGHIJ12'],
    ['codes', 'USD', ['USD']],
    ['codes', ' usd , eur', ['USD', 'EUR']],
    ['codes', CODES.slice(1).join(','), CODES.slice(1)],
    ['flag', 'true', true],
    ['flag', 'false', false],
    ['flag', true, true],
    ['day', '2024-02-29', '2024-02-29'],
    ['whole', '1', 1],
    ['whole', '1000', 1000],
    ['whole', 7, 7],
    ['nominal', '1', 1],
    ['nominal', 1_000_000_000, 1_000_000_000],
    ['price', '78.5850', '78.5850'],
    ['price', ' 007.50 ', '7.50'],
    ['price', 78.585, '78.585'],
    ['price', 1e-7, '0.0000001'],
    ['name', ' Доллар США ', 'Доллар США'],
    ['name', NAME, NAME],
    ['name', '\u{1F4B1}', '\u{1F4B1}'],
  ])('%s converts %j to %j', (field, given, value) => {
    expect(taken(field, given)).toEqual({ value });
  });

  it.each<[Field, unknown[], RegExp]>([
    [
      'code',
      ['', 'U', '1AB', 'US.D', 'US*', 'ABCDEFGHIJ123', 'USD EUR', 'ДОЛ', null, 7, ['USD']],
      /^code must be 2 to 12 letters or digits, a letter first$/,
    ],
    [
      'codes',
      ['', 'USD,', 'USD,USD', 'usd,USD', 'US.D', 'EUR,US.D', CODES.join(','), ['USD'], null, 7],
      /^codes must be 1 to 100 different codes, separated by commas$/,
    ],
    ['flag', ['', 'yes', '1', 'TRUE', 1, null], /^flag must be true or false$/],
    ['day', ['2025-02-29', '25.04.2026', '', null, 20260425], /^day must be a calendar date/],
    [
      'whole',
      ['', 'a', '1.5', '-1', '+1', ' 1', '1e2', 1.5, null, '1234567890123456'],
      /whole must be a whole number from 1 to 1000/,
    ],
    ['whole', ['0', 0, -3], /whole must be at least 1/],
    ['whole', ['1001', 1001, '123456789012345'], /whole must be at most 1000/],
    ['nominal', ['0', '20', '1e3', 0.1, 10_000_000_000, null, [1]], /must be 1, 10, 100 …/],
    [
      'price',
      ['', '0', '-1', '1,5', '1e2', '1234567890.123456', 0, -1, NaN, Infinity, null, {}, ['1']],
      /^price must be a positive decimal of at most 15 significant digits/,
    ],
    ['name', ['', '  ', `${NAME}я`, null, 7], /name must be/],
    ['name', ['a\nb', 'a\u0000', '\u009f!'], /name must not contain control characters/],
    ['name', ['\ud800', 'a\udc00b', '\udc00\ud800'], /or lone surrogates/],
  ])('%s rejects each of %j', (field, refused, message) => {
    for (const given of refused) {
      expect(taken(field, given)).toEqual({ refused: expect.stringMatching(message) as string });
    }
  });

  it.each<Field>(['code', 'codes', 'flag', 'day', 'whole', 'nominal', 'price', 'name'])(
    '%s may be absent if optional',
    (field) => {
      expect(taken(field, undefined)).toEqual({ value: undefined });
    },
  );

  it('for a priced code accepts every code except the roubles', () => {
    class Priced {
      @IsPricedCode()
      code?: unknown;
    }
    const refusals = (code: unknown) => validateSync(plainToInstance(Priced, { code }));
    expect(refusals('usd')).toEqual([]);
    for (const code of ['RUB', ' rur ', 'R', 7]) expect(refusals(code)).toHaveLength(1);
  });

  it('that is required must not be absent', () => {
    class Required {
      @IsCodeList()
      codes?: unknown;
    }
    expect(validateSync(plainToInstance(Required, {}))).toHaveLength(1);
  });
});
