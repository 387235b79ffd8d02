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

/** Filter and page of quarantined items. */
export class QuarantineQuery {
  /**
   * State of the items; `all` for every item ever held.
   * @example "pending"
   */
  @ApiPropertyOptional({ enum: STATE_CHOICES, default: 'pending' })
  @IsIn(STATE_CHOICES, { message: `state must be one of ${STATE_CHOICES.join(', ')}` })
  state: QuarantineState | 'all' = 'pending';

  /** Only items with a smaller id: the next page, as the newest come first. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_INT4, example: 149 })
  @IsAbsentOr()
  @IsWhole(1, LARGEST_INT4)
  before?: number;

  /**
   * Page size.
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
   * Decide all pending fixings of the same sheet. An item of kind `sheet` is always decided as a whole.
   * @example false
   */
  @ApiPropertyOptional({ type: 'boolean', default: false })
  @IsFlag()
  whole_sheet = false;
}

/**
 * A fixing of the bank that needs confirmation: it changed too much, or its code belongs to another currency.
 * Decimals are strings.
 */
export class V1QuarantinedFixing extends V1QuarantineDecision {
  /**
   * Id for the decision.
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
   * Number of units that the value is for.
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
   * First day on which it would be in force.
   * @example "2022-03-11"
   */
  @ApiProperty({ format: 'date' })
  effective_date!: string;

  /**
   * Previous value of the bank, which it was compared with.
   * @example "80.4194"
   */
  previous_value!: string;

  /**
   * Number of units of the previous value.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  previous_nominal!: number;

  /**
   * Date of the previous value; the same date for a correction.
   * @example "2022-02-25"
   */
  @ApiProperty({ format: 'date' })
  previous_date!: string;

  /**
   * Change of the price of one unit in per cent, in the same rouble.
   * @example "49.6884"
   */
  change_percent!: string;
}

export type V1QuarantineItem = V1QuarantinedFixing | V1QuarantinedSheet;

/** Schema of an item; `kind` is the discriminator. */
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

/** Result of a decision. */
export class V1Verdict {
  /** Decided items in their new state. */
  @ApiProperty({ type: 'array', items: ANY_ITEM })
  decided!: V1QuarantineItem[];

  /** Later fixings of the same currencies that no longer jump, and were recorded with them. */
  @ApiProperty({ type: [V1QuarantinedFixing] })
  released!: V1QuarantinedFixing[];

  /**
   * Number of events.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  saved!: number;
}
