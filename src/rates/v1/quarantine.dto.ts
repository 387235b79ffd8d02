import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import {
  IsAbsentOr,
  IsFlag,
  IsWhole,
  LARGEST_INT4,
  QUARANTINE_STATES,
  type QuarantineState,
} from '../model/index.js';
import { V1QuarantineDecision } from './quarantine-decision.dto.js';
import { V1QuarantinedSheet } from './quarantined-sheet.dto.js';

const STATE_CHOICES = [...QUARANTINE_STATES, 'all'] as const;
const MOST_ROWS = 1_000;

/** Which items to list. */
export class QuarantineQuery {
  /**
   * Their state; `all` for every one that was ever held.
   * @example "pending"
   */
  @ApiPropertyOptional({ enum: STATE_CHOICES, default: 'pending' })
  @IsIn(STATE_CHOICES, { message: `state must be one of ${STATE_CHOICES.join(', ')}` })
  state: QuarantineState | 'all' = 'pending';

  /** Only those with a smaller id: the next page, for they come newest first. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_INT4, example: 149 })
  @IsAbsentOr()
  @IsWhole(1, LARGEST_INT4)
  before?: number;

  /**
   * At most so many.
   * @example 100
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_ROWS, default: 100 })
  @IsWhole(1, MOST_ROWS)
  limit = 100;
}

export class QuarantineId {
  /**
   * Id of the item.
   * @example 7
   */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LARGEST_INT4 })
  @IsWhole(1, LARGEST_INT4)
  id!: number;
}

export class VerdictQuery {
  /**
   * Decide about all fixings that wait of the same sheet; an item of kind `sheet` is decided about as a whole anyway.
   * @example false
   */
  @ApiPropertyOptional({ type: 'boolean', default: false })
  @IsFlag()
  whole_sheet = false;
}

/**
 * A fixing of the bank that is not to be believed unseen: it moved too far, or its code is another
 * currency's. Decimals are strings.
 */
export class V1QuarantinedFixing extends V1QuarantineDecision {
  /**
   * Id to decide by.
   * @example 7
   */
  @ApiProperty({ type: 'integer' })
  id!: number;

  /** A single fixing. */
  @ApiProperty({ enum: ['fixing'], example: 'fixing' })
  kind!: 'fixing';

  /**
   * Letter code.
   * @example "USD"
   */
  code!: string;

  /**
   * The bank's ID.
   * @example "R01235"
   */
  cbr_id!: string;

  /**
   * Name.
   * @example "Доллар США"
   */
  name!: string;

  /**
   * How many units the value is for.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  nominal!: number;

  /**
   * Roubles for `nominal` units, digit for digit.
   * @example "120.3785"
   */
  value!: string;

  /**
   * From which day it would be in force.
   * @example "2022-03-11"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * The bank's figure before, which it was measured against.
   * @example "80.4194"
   */
  previous_value!: string;

  /**
   * How many units that was for.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  previous_nominal!: number;

  /**
   * The date of that figure; the same date for a correction.
   * @example "2022-02-25"
   */
  @ApiProperty({ format: 'date' })
  previous_date!: string;

  /**
   * How far one unit moved, in per cent, in the same rouble.
   * @example "49.6884"
   */
  change_percent!: string;
}

export type V1QuarantineItem = V1QuarantinedFixing | V1QuarantinedSheet;

/** Schema of an item; `kind` tells which of the two it is. */
export const ANY_ITEM = {
  oneOf: [V1QuarantinedFixing, V1QuarantinedSheet].map((model) => ({ $ref: getSchemaPath(model) })),
  discriminator: {
    propertyName: 'kind',
    mapping: {
      fixing: getSchemaPath(V1QuarantinedFixing),
      sheet: getSchemaPath(V1QuarantinedSheet),
    },
  },
};

/** What a decision came to. */
export class V1Verdict {
  /** The items that were decided about, as they are now. */
  @ApiProperty({ type: 'array', items: ANY_ITEM })
  decided!: V1QuarantineItem[];

  /** Later fixings of the same currencies that are no jump any more, and were recorded with them. */
  @ApiProperty({ type: [V1QuarantinedFixing] })
  released!: V1QuarantinedFixing[];

  /**
   * How many events were sent.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  saved!: number;
}
