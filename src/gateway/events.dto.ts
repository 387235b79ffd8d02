import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsUUID } from 'class-validator';
import { IsAbsentOr, IsWhole } from '../rates/model/index.js';

const LARGEST_PAGE = 1_000;
const PAGE = 100;

/** Where to go on. */
export class EventsQuery {
  /**
   * Events after this `seq`: 0 for all of them, while the log has not forgotten the first one.
   * @example 310
   */
  @ApiProperty({ type: 'integer', minimum: 0 })
  @IsWhole(0, Number.MAX_SAFE_INTEGER)
  after!: number;

  /**
   * At most this many.
   * @example 100
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: PAGE })
  @IsWhole(1, LARGEST_PAGE)
  limit = PAGE;

  /**
   * The log that `after` counts in; another one is refused, for its numbers mean other events.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11"
   */
  @ApiPropertyOptional({ type: 'string', format: 'uuid' })
  @IsAbsentOr()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.toLowerCase() : value,
  )
  @IsUUID()
  log_id?: string;
}

/** A change of one rate, as sockets and NATS carry it. */
export class RateEvent {
  @ApiProperty({
    enum: ['rate_created', 'rate_updated', 'rate_deleted'],
    example: 'rate_updated',
  })
  event!: string;

  /** The rate's id. */
  @ApiProperty({ type: 'integer', example: 149 })
  id!: number;

  /**
   * Letter code.
   * @example "USD"
   */
  code!: string;

  /**
   * Name, as the bank prints it.
   * @example "Доллар США"
   */
  name!: string;

  /** Price of `nominal` units in roubles. */
  @ApiProperty({ type: 'number', example: 78.585 })
  value!: number;

  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.987Z' })
  created_at!: string;

  /** How many units `value` is for. */
  @ApiProperty({ type: 'integer', example: 1 })
  nominal!: number;

  /** The day from which it is in force. */
  @ApiProperty({ type: 'string', format: 'date', example: '2025-12-24' })
  effective_date!: string;

  /** What a consumer held before; null for what is new. */
  @ApiProperty({ type: 'number', nullable: true, example: 80.722 })
  previous_value!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  previous_nominal!: number | null;

  /** `cbr`: published by the bank; `manual`: created or edited by a person. */
  @ApiProperty({ enum: ['cbr', 'manual'], example: 'cbr' })
  source!: string;

  /** Number of the event in its log: without gaps, in the order of commits. */
  @ApiProperty({ type: 'integer', example: 311 })
  seq!: number;

  /** The same on every repeat. */
  @ApiProperty({ format: 'uuid', example: '6f4c1f0e-5a4e-4d39-9f7b-0c0f6f1c2f6a' })
  event_id!: string;
}

/** A part of the event log. */
export class EventPage {
  /**
   * Names the log; another name means that `seq` counts anew.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11"
   */
  @ApiProperty({ format: 'uuid' })
  log_id!: string;

  /** Number of the newest event: there is more while the last one given is before it. */
  @ApiProperty({ type: 'integer', example: 311 })
  seq!: number;

  /** In the order of the log. */
  @ApiProperty({ type: [RateEvent] })
  events!: RateEvent[];
}
