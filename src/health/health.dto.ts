import { ApiProperty } from '@nestjs/swagger';
import { CIRCUIT_STATES, type CircuitStateName } from '../cbr/bank-circuit.js';
import { NATS_STATES, type NatsState } from '../nats/broker-connection.js';
import { DeniedPermission } from './status.dto.js';
import { FRESHNESS_STATES, type FreshnessState } from '../rates/model/index.js';

const CHECK_STATES = ['up', 'degraded', 'down'] as const;
const INSTANCE = '6f9c2a51-0d5e-4b68-8d0f-2f1c9a7e4b33';
const DATE = { type: 'string', format: 'date', nullable: true, required: false } as const;
const MOMENT = { type: 'string', format: 'date-time', nullable: true, required: false } as const;

/** How one thing stands. `down` makes the instance unready; `degraded` makes none, for the others see the same. */
export class Check {
  @ApiProperty({ enum: CHECK_STATES, example: 'up' })
  status!: (typeof CHECK_STATES)[number];

  /** What is wrong, as the code of a problem; where it is `down`, or the database takes no writes. */
  @ApiProperty({ required: false, example: 'database.unavailable' })
  code?: string;

  /** The same for a person. */
  @ApiProperty({ required: false, example: 'The database does not answer' })
  message?: string;
}

export class DatabaseCheck extends Check {
  @ApiProperty({ enum: ['sqlite', 'postgres'], example: 'postgres' })
  engine!: string;

  /** How long it took to answer, in milliseconds. */
  @ApiProperty({ type: 'number', required: false, example: 1.2 })
  ms?: number;
}

/** The stored rates that reads are answered from, in memory. */
export class BookCheck extends Check {
  /** Versions of rates, the replaced ones too. */
  @ApiProperty({ type: 'integer', required: false, example: 205639 })
  versions?: number;

  /** What they take, in bytes; names and what is few aside. */
  @ApiProperty({ type: 'integer', required: false, example: 9_600_000 })
  bytes?: number;

  /** How long loading them took, in milliseconds. */
  @ApiProperty({ type: 'integer', required: false, example: 640 })
  load_ms?: number;
}

export class BankCheck extends Check {
  /** As in `GET /v1/status`; anything but `fresh` is `degraded`. */
  @ApiProperty({ enum: FRESHNESS_STATES, required: false, example: 'fresh' })
  freshness?: FreshnessState;

  @ApiProperty({ ...DATE, example: '2026-07-25' })
  newest_effective_date?: string | null;

  /** The earliest date that the next sheet can have. */
  @ApiProperty({ ...DATE, example: '2026-07-28' })
  expected_date?: string | null;

  /** From when on it is late. */
  @ApiProperty({ ...MOMENT, example: '2026-07-27T17:00:00.000Z' })
  due_at?: string | null;

  /** Of the instance that answers; anything but `closed` is `degraded`. */
  @ApiProperty({ enum: CIRCUIT_STATES, required: false, example: 'closed' })
  circuit?: CircuitStateName;

  /** How many days' sheets could not be had, as in `GET /v1/status`: `degraded`; absent where none is missing. */
  @ApiProperty({ type: 'integer', required: false, example: 1 })
  missing_days?: number;

  @ApiProperty({ ...MOMENT, example: '2026-07-27T12:40:00.000Z' })
  last_success_at?: string | null;
}

export class QuarantineCheck extends Check {
  /** How many fixings, and sheets as a whole, wait for a person; any is `degraded`. */
  @ApiProperty({ type: 'integer', required: false, example: 0 })
  waiting?: number;

  @ApiProperty({ ...DATE, example: null })
  oldest_date?: string | null;
}

export class BrokerCheck extends Check {
  /** `disabled`: none is set. */
  @ApiProperty({ enum: NATS_STATES, example: 'connected' })
  state!: NatsState;

  /** Whether it keeps events; null: not known. */
  @ApiProperty({ type: 'boolean', nullable: true, example: true })
  jetstream!: boolean | null;

  /** How many events the stream has lost, as in `GET /v1/status`; any is `degraded`; null: not known. */
  @ApiProperty({ type: 'integer', nullable: true, example: 0 })
  lacking!: number | null;

  /** Permissions that its user lacks, as in `GET /v1/status`; any is `degraded`. */
  @ApiProperty({ type: [DeniedPermission], example: [] })
  denied!: DeniedPermission[];
}

export class BacklogCheck extends Check {
  /** How many events the broker has not acknowledged; 0 without a broker. */
  @ApiProperty({ type: 'integer', required: false, example: 0 })
  events?: number;

  /** Of the oldest of them; 60 and more is `degraded`. */
  @ApiProperty({ type: 'number', nullable: true, required: false, example: null })
  oldest_age_seconds?: number | null;
}

/** Who does some work for all instances. */
export class LeaseCheck {
  /** The `instance` that does it; null: nobody. */
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: INSTANCE })
  holder!: string | null;

  /** Whether it is the one that answers. */
  @ApiProperty({ example: true })
  held_here!: boolean;

  /** When another may take over, unless it is renewed; null on SQLite, whose only service does everything. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  until!: string | null;

  /** For how long nobody has done it; above 30 is `degraded`. */
  @ApiProperty({ type: 'integer', example: 0 })
  vacant_seconds!: number;
}

export class LeasesCheck extends Check {
  /** Who asks the bank on schedule. */
  @ApiProperty({ type: LeaseCheck, required: false })
  fetch?: LeaseCheck;

  /** Who sends events to the broker; absent without one. */
  @ApiProperty({ type: LeaseCheck, required: false })
  relay?: LeaseCheck;
}

/** By name. `service`, `database`, `migrations` and `book` decide whether the instance is ready. */
export class HealthChecks {
  /** `down` while the instance stops. */
  @ApiProperty({ type: Check })
  service!: Check;

  @ApiProperty({ type: DatabaseCheck })
  database!: DatabaseCheck;

  /** Whether the database is as this version needs it. */
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

/** What the service knows of its own health. */
export class HealthReport {
  /** `degraded`: something needs a look, and requests are answered all the same. */
  @ApiProperty({ enum: ['ok', 'degraded'], example: 'ok' })
  status!: 'ok' | 'degraded';

  @ApiProperty({ example: '0.1.0' })
  version!: string;

  /** Names the instance that answers, as a holder of leases; another after every start. */
  @ApiProperty({ format: 'uuid', example: INSTANCE })
  instance!: string;

  @ApiProperty({ type: HealthChecks })
  checks!: HealthChecks;
}
