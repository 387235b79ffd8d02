import { ApiProperty } from '@nestjs/swagger';
import { CIRCUIT_STATES, type CircuitStateName } from '../cbr/bank-circuit.js';
import { NATS_STATES, type NatsState } from '../nats/broker-connection.js';
import { DeniedPermission } from './status.dto.js';
import { FRESHNESS_STATES, type FreshnessState } from '../rates/model/index.js';

const CHECK_STATES = ['up', 'degraded', 'down'] as const;
const INSTANCE = '6f9c2a51-0d5e-4b68-8d0f-2f1c9a7e4b33';
const DATE = { type: 'string', format: 'date', nullable: true, required: false } as const;
const MOMENT = { type: 'string', format: 'date-time', nullable: true, required: false } as const;

/** State of one check. `down` makes the instance unready; `degraded` does not, as other instances see the same. */
export class Check {
  @ApiProperty({ enum: CHECK_STATES, example: 'up' })
  status!: (typeof CHECK_STATES)[number];

  /** Problem code of the failure; given if `down`, or if the database accepts no writes. */
  @ApiProperty({ required: false, example: 'database.unavailable' })
  code?: string;

  /** Human-readable message. */
  @ApiProperty({ required: false, example: 'The database does not answer' })
  message?: string;
}

export class DatabaseCheck extends Check {
  @ApiProperty({ enum: ['sqlite', 'postgres'], example: 'postgres' })
  engine!: string;

  /** Latency in milliseconds. */
  @ApiProperty({ type: 'number', required: false, example: 1.2 })
  ms?: number;
}

/** The stored rates in memory, from which reads are answered. */
export class BookCheck extends Check {
  /** Number of rate versions, including superseded ones. */
  @ApiProperty({ type: 'integer', required: false, example: 205639 })
  versions?: number;

  /** What they take, in bytes; names and what is few aside. */
  @ApiProperty({ type: 'integer', required: false, example: 9_600_000 })
  bytes?: number;

  /** Loading time in milliseconds. */
  @ApiProperty({ type: 'integer', required: false, example: 640 })
  load_ms?: number;
}

export class BankCheck extends Check {
  /** As in `GET /v1/status`; all values except `fresh` are `degraded`. */
  @ApiProperty({ enum: FRESHNESS_STATES, required: false, example: 'fresh' })
  freshness?: FreshnessState;

  @ApiProperty({ ...DATE, example: '2026-07-25' })
  newest_effective_date?: string | null;

  /** Earliest possible date of the next sheet. */
  @ApiProperty({ ...DATE, example: '2026-07-28' })
  expected_date?: string | null;

  /** When it becomes late. */
  @ApiProperty({ ...MOMENT, example: '2026-07-27T17:00:00.000Z' })
  due_at?: string | null;

  /** Circuit breaker of the answering instance; all values except `closed` are `degraded`. */
  @ApiProperty({ enum: CIRCUIT_STATES, required: false, example: 'closed' })
  circuit?: CircuitStateName;

  /** Number of days whose sheet could not be fetched, as in `GET /v1/status`; makes the check `degraded`. Absent if none. */
  @ApiProperty({ type: 'integer', required: false, example: 1 })
  missing_days?: number;

  @ApiProperty({ ...MOMENT, example: '2026-07-27T12:40:00.000Z' })
  last_success_at?: string | null;
}

export class QuarantineCheck extends Check {
  /** Number of held fixings and sheets; above 0 is `degraded`. */
  @ApiProperty({ type: 'integer', required: false, example: 0 })
  waiting?: number;

  @ApiProperty({ ...DATE, example: null })
  oldest_date?: string | null;
}

export class BrokerCheck extends Check {
  /** `disabled`: no broker is configured. */
  @ApiProperty({ enum: NATS_STATES, example: 'connected' })
  state!: NatsState;

  /** Whether the broker stores events; null: unknown. */
  @ApiProperty({ type: 'boolean', nullable: true, example: true })
  jetstream!: boolean | null;

  /** Number of events missing from the stream, as in `GET /v1/status`; above 0 is `degraded`; null: unknown. */
  @ApiProperty({ type: 'integer', nullable: true, example: 0 })
  lacking!: number | null;

  /** Missing permissions of the NATS user, as in `GET /v1/status`; any is `degraded`. */
  @ApiProperty({ type: [DeniedPermission], example: [] })
  denied!: DeniedPermission[];
}

export class BacklogCheck extends Check {
  /** Number of events that the broker has not acknowledged; 0 without a broker. */
  @ApiProperty({ type: 'integer', required: false, example: 0 })
  events?: number;

  /** Age of the oldest of them in seconds; from 60 on `degraded`. */
  @ApiProperty({ type: 'number', nullable: true, required: false, example: null })
  oldest_age_seconds?: number | null;
}

/** Lease on work that one instance does for all. */
export class LeaseCheck {
  /** The `instance` that holds the lease; null: none. */
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: INSTANCE })
  holder!: string | null;

  /** Whether the answering instance holds it. */
  @ApiProperty({ example: true })
  held_here!: boolean;

  /** Expiry unless renewed; null on SQLite, which has a single service. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  until!: string | null;

  /** Seconds without a holder; above 30 is `degraded`. */
  @ApiProperty({ type: 'integer', example: 0 })
  vacant_seconds!: number;
}

export class LeasesCheck extends Check {
  /** Lease on the scheduled fetch. */
  @ApiProperty({ type: LeaseCheck, required: false })
  fetch?: LeaseCheck;

  /** Lease on relaying events to the broker; absent without one. */
  @ApiProperty({ type: LeaseCheck, required: false })
  relay?: LeaseCheck;
}

/** Checks by name. `service`, `database`, `migrations` and `book` decide whether the instance is ready. */
export class HealthChecks {
  /** `down` during shutdown. */
  @ApiProperty({ type: Check })
  service!: Check;

  @ApiProperty({ type: DatabaseCheck })
  database!: DatabaseCheck;

  /** Whether all migrations of this version have run. */
  @ApiProperty({ type: Check })
  migrations!: Check;

  /** `down` until the stored rates are loaded. */
  @ApiProperty({ type: BookCheck })
  book!: BookCheck;

  @ApiProperty({ type: BankCheck })
  bank!: BankCheck;

  @ApiProperty({ type: QuarantineCheck })
  quarantine!: QuarantineCheck;

  @ApiProperty({ type: BrokerCheck })
  broker!: BrokerCheck;

  @ApiProperty({ type: BacklogCheck })
  backlog!: BacklogCheck;

  @ApiProperty({ type: LeasesCheck })
  leases!: LeasesCheck;
}

/** Health of the service. */
export class HealthReport {
  /** `degraded`: something needs attention, but requests are answered. */
  @ApiProperty({ enum: ['ok', 'degraded'], example: 'ok' })
  status!: 'ok' | 'degraded';

  @ApiProperty({ example: '0.1.0' })
  version!: string;

  /** Id of the answering instance, also as holder of leases; changes with every start. */
  @ApiProperty({ format: 'uuid', example: INSTANCE })
  instance!: string;

  /** Given, and true, where all figures are made up by the built-in bank of `DEMO=1`. */
  @ApiProperty({ required: false, example: true })
  demo?: boolean;

  @ApiProperty({ type: HealthChecks })
  checks!: HealthChecks;
}
