import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { CURRENCY_CODE } from '../common/currency-code.js';
import { MOST_CODES } from '../rates/model/index.js';

/** What `subscribe` and `unsubscribe` say. */
export class CodesMessage {
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(upper) : value))
  @ValidateBy({
    name: 'isCodeArray',
    validator: {
      validate: isCodeArray,
      defaultMessage: () =>
        `$property must be 1 to ${MOST_CODES} letter codes, such as ["USD","EUR"]`,
    },
  })
  codes!: string[];
}

function upper(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toUpperCase() : value;
}

function isCodeArray(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 1 || value.length > MOST_CODES) return false;
  return value.every((code) => typeof code === 'string' && CURRENCY_CODE.test(code));
}
