import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Lease, ROUND_MS } from './lease.js';
import { DATABASE_MS, LeaseEntity } from './lease.entity.js';
import { Reader } from './reader.js';
import { UnitOfWork } from './unit-of-work.js';

/** Names of the leases; migrations insert the same names. */
const LEASE_NAMES = ['fetch', 'relay'] as const;
export type LeaseName = (typeof LEASE_NAMES)[number];

/** Holder of a lease. */
export interface LeaseState {
  name: LeaseName;
  /** Id of the instance (`Leases.instance`); null if vacant. */
  holder: string | null;
  /** Whether this instance holds it. */
  isOurs: boolean;
  /** Expiry by the clock of the database; null if it does not expire or is vacant. */
  until: Date | null;
  /** Seconds since the lease is vacant; 0 if it is held. */
  vacantSeconds: number;
}

interface LeaseRow {
  name: LeaseName;
  holder: string | null;
  expires_at: number;
  now: number;
}

/** Creates the leases of this instance, and reads the state of all. */
@Injectable()
export class Leases {
  /** Id of this instance, unique in the fleet. */
  readonly instance = randomUUID();
  private readonly own = new Map<LeaseName, Lease>();
  private readonly began = performance.now();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  /** This instance's side of a lease; `campaign` starts to campaign for it. */
  of(name: LeaseName): Lease {
    const lease = new Lease(name, this.instance, this.unitOfWork, this.reader);
    this.own.set(name, lease);
    return lease;
  }

  /** Starts a round of every lease: renews held ones, campaigns for wanted ones. */
  @Interval('leases', ROUND_MS)
  nextRound(): void {
    for (const lease of this.own.values()) lease.nextRound();
  }

  /** State of all leases of the fleet. */
  async states(): Promise<LeaseState[]> {
    if (this.reader.engine === 'sqlite') return LEASE_NAMES.map((name) => this.alone(name));
    const rows = await this.reader
      .select(LeaseEntity, 'lease')
      .select('lease.name', 'name')
      .addSelect('lease.holder', 'holder')
      .addSelect('lease.expires_at', 'expires_at')
      .addSelect(DATABASE_MS, 'now')
      .orderBy('lease.name', 'ASC')
      .getRawMany<LeaseRow>();
    return rows.map((row) => this.inFleet(row));
  }

  /** Whether this instance holds the lease, by its own clock. */
  isHeld(name: LeaseName): boolean {
    return this.own.get(name)?.isHeld === true;
  }

  /** SQLite: one service, and no rows. */
  private alone(name: LeaseName): LeaseState {
    const isOurs = this.isHeld(name);
    const holder = isOurs ? this.instance : null;
    return { name, holder, isOurs, until: null, vacantSeconds: isOurs ? 0 : this.ageSeconds };
  }

  private inFleet({ name, holder, expires_at, now }: LeaseRow): LeaseState {
    if (holder !== null && expires_at > now) {
      const isOurs = holder === this.instance;
      return { name, holder, isOurs, until: new Date(expires_at), vacantSeconds: 0 };
    }
    // Never held: vacant at least since this instance started.
    const vacantSeconds = expires_at === 0 ? this.ageSeconds : (now - expires_at) / 1_000;
    return { name, holder: null, isOurs: false, until: null, vacantSeconds };
  }

  private get ageSeconds(): number {
    return (performance.now() - this.began) / 1_000;
  }
}
