import { ApiProperty } from '@nestjs/swagger';
import { CIRCUIT_STATES, type CircuitStateName } from '../cbr/bank-circuit.js';
import { NATS_STATES, type NatsState } from '../nats/broker-connection.js';
import { FRESHNESS_STATES, type FreshnessState } from '../rates/model/index.js';

/** Result of the last run. */
export class LastRun {
  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.120Z' })
  started_at!: string;

  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.987Z' })
  finished_at!: string;

  @ApiProperty({ enum: ['success', 'failure'], example: 'success' })
  result!: 'success' | 'failure';

  /** Stable code of the failure, such as `cbr.html`, `cbr.timeout`, `cbr.truncated` or `database.busy`; null on success. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  code!: string | null;

  /**
   * Human-readable message.
   * @example "Rates update finished, saved 54 records"
   */
  message!: string;

  /** Number of new or changed rates. */
  @ApiProperty({ type: 'integer', example: 54 })
  saved!: number;

  /** Number of unchanged rates. */
  @ApiProperty({ type: 'integer', example: 0 })
  unchanged!: number;

  /** Number of items held in `/v1/quarantine`; a whole sheet counts as one. */
  @ApiProperty({ type: 'integer', example: 0 })
  quarantined!: number;
}

/** Permission that the broker denied. */
export class DeniedPermission {
  @ApiProperty({ enum: ['publish', 'subscription'], example: 'publish' })
  operation!: 'publish' | 'subscription';

  /**
   * A pattern if each message has a subject of its own.
   * @example "rates.updates"
   */
  subject!: string;

  /** When it was last denied. */
  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.987Z' })
  denied_at!: string;
}

export class NatsStatus {
  /** `disabled`: no broker is configured; `connecting`: not connected yet; `disconnected`: connection lost, reconnecting. */
  @ApiProperty({ enum: NATS_STATES, example: 'connected' })
  state!: NatsState;

  /** Whether the broker has JetStream and stores events; false: they are published without acknowledgement; null: unknown without a connection. */
  @ApiProperty({ type: 'boolean', nullable: true, example: true })
  jetstream!: boolean | null;

  /** Number of events that the broker has not acknowledged yet; 0 without a broker. */
  @ApiProperty({ type: 'integer', example: 0 })
  backlog!: number;

  /** Age of the oldest of them in seconds; null if there are none. */
  @ApiProperty({ type: 'number', nullable: true, example: null })
  oldest_age_seconds!: number | null;

  /**
   * Number of events that were relayed and are still in the log, but missing from the stream, because it was deleted
   * or purged. A lower bound if others write to the stream; null: unknown without connection, JetStream or answer.
   */
  @ApiProperty({ type: 'integer', nullable: true, example: 0 })
  lacking!: number | null;

  /** The `--since` for `kurs events:republish --purge` that restores them; null if none are missing. */
  @ApiProperty({ type: 'integer', nullable: true, example: null })
  republish_since!: number | null;

  /** Permissions denied to the NATS user since the connection was made. */
  @ApiProperty({ type: [DeniedPermission], example: [] })
  denied!: DeniedPermission[];
}

/** Day whose sheet could not be fetched. Its rates are not loaded; if it is today, earlier rates are carried. */
export class MissingDay {
  @ApiProperty({ format: 'date', example: '2026-11-26' })
  date!: string;

  /** Stable code of the last failure, such as `cbr.html` or `cbr.unreadable_number`. */
  @ApiProperty({ example: 'cbr.html' })
  code!: string;

  /** Human-readable message. */
  @ApiProperty({ example: 'The answer is a web page' })
  message!: string;

  /** Number of attempts. */
  @ApiProperty({ type: 'integer', example: 2 })
  tries!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-28T09:00:00.120Z' })
  first_failed_at!: string;

  /** Time of the next scheduled attempt; null: none, `kurs backfill` loads it. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-11-28T12:00:00.120Z',
  })
  next_try_at!: string | null;
}

/** State of the bank. */
export class BankStatus {
  /**
   * `late`: on a working day, 20:00 in Moscow has passed without a new sheet; `stale`: the day of the missing sheet
   * has begun; `empty`: no sheet is stored. Weekends, holidays and the New Year gap are `fresh`.
   */
  @ApiProperty({ enum: FRESHNESS_STATES, example: 'fresh' })
  freshness!: FreshnessState;

  /**
   * Earliest usual date of the next sheet by the calendar; undecided days off count as working days. Null before the
   * first sheet.
   */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-25' })
  expected_date!: string | null;

  /**
   * Last day for which rates can be requested: today, the day of a sheet published ahead, or the last day before the
   * next sheet can be in force. Saturday's sheet counts for Sunday and Monday only from Saturday, 20:00 in Moscow: until
   * then the bank may publish one for Sunday. Null before the first sheet.
   */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-24' })
  last_answerable_date!: string | null;

  /** When the next sheet becomes late; undecided days off do not make it late. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2025-12-24T17:00:00.000Z',
  })
  due_at!: string | null;

  /** Circuit breaker of the answering instance. `open`: the bank failed repeatedly, and only forced runs ask it; `half_open`: the next request decides. */
  @ApiProperty({ enum: CIRCUIT_STATES, example: 'closed' })
  circuit!: CircuitStateName;

  /** Time before which scheduled runs do not ask the bank; null: no limit. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  retry_at!: string | null;

  /** Number of items in `/v1/quarantine`: fixings and whole sheets. */
  @ApiProperty({ type: 'integer', example: 0 })
  quarantined!: number;

  /** Date of the oldest of them. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: null })
  oldest_quarantined_date!: string | null;

  /** Days whose sheet could not be fetched, by date. */
  @ApiProperty({ type: [MissingDay] })
  missing_days!: MissingDay[];
}

/** Status of the service. */
export class Status {
  /**
   * Version of Kurs.
   * @example "0.1.0"
   */
  version!: string;

  /**
   * Id of the event log; if it changes, `seq` starts again.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11"
   */
  @ApiProperty({ format: 'uuid' })
  log_id!: string;

  /** Number of the newest event in the rates that this instance answers with. */
  @ApiProperty({ type: 'integer', example: 311 })
  seq!: number;

  /** Version of these rates. Incremented by every change that readers can see. */
  @ApiProperty({ type: 'integer', example: 17 })
  data_version!: number;

  /** Date of the newest stored sheet; null before the first. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-24' })
  newest_effective_date!: string | null;

  @ApiProperty({ type: BankStatus })
  bank!: BankStatus;

  /** The last finished run; null before the first. */
  @ApiProperty({ type: LastRun, nullable: true })
  last_run!: LastRun | null;

  /** End of the last successful run; null before the first, and while the stored instant is in the future because of a clock that was ahead. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2025-12-23T15:05:44.987Z',
  })
  last_success_at!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2025-12-23T15:15:44.120Z',
  })
  next_run_at!: string | null;

  @ApiProperty({ type: NatsStatus })
  nats!: NatsStatus;

  /** Database engine. */
  @ApiProperty({ enum: ['sqlite', 'postgres'], example: 'sqlite' })
  database!: string;
}
