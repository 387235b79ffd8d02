import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';
import { CODE, MOST_CODES } from '../rates/rate-fields.js';

/** What `subscribe` and `unsubscribe` say. */
export class CodesMessage {
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(upper) : value))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CODES)
  @Matches(CODE, { each: true, message: '$property must be letter codes, such as ["USD","EUR"]' })
  codes!: string[];
}

function upper(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toUpperCase() : value;
}
