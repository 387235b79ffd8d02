import { ApiProperty } from '@nestjs/swagger';
import { CIRCUIT_STATES, type CircuitStateName } from '../cbr/bank-circuit.js';
import { NATS_STATES, type NatsState } from '../nats/broker-connection.js';
import { FRESHNESS_STATES, type FreshnessState } from '../rates/model/index.js';

/** How the newest run ended. */
export class LastRun {
  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.120Z' })
  started_at!: string;

  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.987Z' })
  finished_at!: string;

  @ApiProperty({ enum: ['success', 'failure'], example: 'success' })
  result!: 'success' | 'failure';

  /** Stable name of the failure, such as `cbr.html`, `cbr.timeout`, `cbr.truncated` or `database.busy`; null on success. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  code!: string | null;

  /**
   * The same for a person.
   * @example "Rates update finished, saved 54 records"
   */
  message!: string;

  /** How many rates were new or other than before. */
  @ApiProperty({ type: 'integer', example: 54 })
  saved!: number;

  /** How many were as before. */
  @ApiProperty({ type: 'integer', example: 0 })
  unchanged!: number;

  /** How many items are held, and wait in `/v1/quarantine` for a person; a sheet as a whole is one. */
  @ApiProperty({ type: 'integer', example: 0 })
  quarantined!: number;
}

/** What the broker does not let Kurs do. */
export class DeniedPermission {
  @ApiProperty({ enum: ['publish', 'subscription'], example: 'publish' })
  operation!: 'publish' | 'subscription';

  /**
   * A pattern where each message has a subject of its own.
   * @example "rates.updates"
   */
  subject!: string;

  /** The last time that it did not. */
  @ApiProperty({ format: 'date-time', example: '2025-12-23T15:05:44.987Z' })
  denied_at!: string;
}

export class NatsStatus {
  /** `disabled`: no broker is set; `connecting`: not connected yet; `disconnected`: lost, trying on. */
  @ApiProperty({ enum: NATS_STATES, example: 'connected' })
  state!: NatsState;

  /** Whether the broker acknowledges and keeps events; false: they are published plainly; null: not known, for lack of a connection. */
  @ApiProperty({ type: 'boolean', nullable: true, example: true })
  jetstream!: boolean | null;

  /** How many events the broker has not acknowledged yet; 0 where none is set. */
  @ApiProperty({ type: 'integer', example: 0 })
  backlog!: number;

  /** Age of the oldest of them in seconds; null when there are none. */
  @ApiProperty({ type: 'number', nullable: true, example: null })
  oldest_age_seconds!: number | null;

  /**
   * How many events the stream has lost of those that it was sent and the log still has: it was deleted or purged.
   * At least so many, where others write to it too; null: not known, for lack of a connection, JetStream or an answer.
   */
  @ApiProperty({ type: 'integer', nullable: true, example: 0 })
  lacking!: number | null;

  /** The `--since` with which `kurs events:republish --purge` sends them again; null where none are lacking. */
  @ApiProperty({ type: 'integer', nullable: true, example: null })
  republish_since!: number | null;

  /** Permissions that its user lacks, since the connection was made; what needs one of them does not happen. */
  @ApiProperty({ type: [DeniedPermission], example: [] })
  denied!: DeniedPermission[];
}

/** A day whose sheet could not be had. Its rates are not loaded; if it is today, earlier ones are carried on. */
export class MissingDay {
  @ApiProperty({ format: 'date', example: '2026-11-26' })
  date!: string;

  /** Stable name of the last failure, such as `cbr.html` or `cbr.unreadable_number`. */
  @ApiProperty({ example: 'cbr.html' })
  code!: string;

  /** The same for a person. */
  @ApiProperty({ example: 'The answer is a web page' })
  message!: string;

  /** How often the bank was asked for it. */
  @ApiProperty({ type: 'integer', example: 2 })
  tries!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-28T09:00:00.120Z' })
  first_failed_at!: string;

  /** Scheduled runs ask again from then on; null: not any more, `kurs backfill` loads it. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-11-28T12:00:00.120Z',
  })
  next_try_at!: string | null;
}

/** How it stands with the bank. */
export class BankStatus {
  /**
   * `late`: a working day has passed 20:00 in Moscow without its sheet; `stale`: the day that the missing
   * sheet is for has begun; `empty`: there is no sheet at all. Weekends, holidays and the New Year gap are `fresh`.
   */
  @ApiProperty({ enum: FRESHNESS_STATES, example: 'fresh' })
  freshness!: FreshnessState;

  /**
   * The earliest date that the next sheet can have, by the calendar: days that may turn out to be free count as
   * working days. Every day before it can be asked for, Sunday and Monday from Saturday, 20:00 in Moscow. Null
   * before the first sheet.
   */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-25' })
  expected_date!: string | null;

  /** From when on the next sheet is late; days that may turn out to be holidays make none late. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2025-12-24T17:00:00.000Z',
  })
  due_at!: string | null;

  /** Of the instance that answers. `open`: the bank has failed again and again and is asked by forced runs alone; `half_open`: the next question decides. */
  @ApiProperty({ enum: CIRCUIT_STATES, example: 'closed' })
  circuit!: CircuitStateName;

  /** Before it the bank is not asked on schedule; null: it may be. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  retry_at!: string | null;

  /** How many items wait in `/v1/quarantine`: fixings, and sheets as a whole. */
  @ApiProperty({ type: 'integer', example: 0 })
  quarantined!: number;

  /** The date of the oldest of them. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: null })
  oldest_quarantined_date!: string | null;

  /** Days whose sheet could not be had, by date. */
  @ApiProperty({ type: [MissingDay] })
  missing_days!: MissingDay[];
}

/** What the service is doing. */
export class Status {
  /**
   * Version of Kurs.
   * @example "0.1.0"
   */
  version!: string;

  /**
   * Names this event log; another name means that `seq` counts anew.
   * @example "4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11"
   */
  @ApiProperty({ format: 'uuid' })
  log_id!: string;

  /** Number of the newest event. */
  @ApiProperty({ type: 'integer', example: 311 })
  seq!: number;

  /** Grows with every change that readers can see. */
  @ApiProperty({ type: 'integer', example: 17 })
  data_version!: number;

  /** Date of the newest sheet stored; null before the first. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true, example: '2025-12-24' })
  newest_effective_date!: string | null;

  @ApiProperty({ type: BankStatus })
  bank!: BankStatus;

  /** The newest run that has ended; null before the first. */
  @ApiProperty({ type: LastRun, nullable: true })
  last_run!: LastRun | null;

  /** When a run has last succeeded; null before the first, and while the one that is known is dated to come, by a clock that was ahead. */
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

  /** Engine of the database. */
  @ApiProperty({ enum: ['sqlite', 'postgres'], example: 'sqlite' })
  database!: string;
}
